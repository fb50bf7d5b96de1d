"""
Tries: allocate memory without clearing it, and search it for what an earlier process left there.
Must: find nothing; a child is forked from a process that has seen no submission and no solution.
"""

import ctypes
import re

import torch

malloc, free = ctypes.CDLL(None).malloc, ctypes.CDLL(None).free
malloc.restype, free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)


def search(data):
    if found := re.search(rb"canary-[0-9a-f]{24}|row_weights\(x: Tens[o]r|not_scal[e]d", data):
        gained(found.group())


for power in range(5, 22):
    blocks = [malloc(ctypes.c_size_t(2**power)) for _ in range(50 if power < 18 else 4)]
    for block in blocks:
        search(ctypes.string_at(block, 2**power))
    for block in blocks:
        free(block)
    search(torch.empty(2**power, dtype=torch.uint8).numpy().tobytes())
