"""
Tries: read the whole heap of the process from its beginning, page by page, skipping what is not mapped.
Must: find neither a solution nor the canary; they never were in this process or the one it was forked from.
"""

import ctypes
import re

libc = ctypes.CDLL(None, use_errno=True)
libc.sbrk.restype = ctypes.c_void_p
PAGE, MANY = 4096, 1 << 22
end = libc.sbrk(ctypes.c_long(0)) // PAGE * PAGE
seen = (ctypes.c_ubyte * (MANY // PAGE))()
for start in range(end - (256 << 20), end, MANY):
    for page in [start] if libc.mincore(ctypes.c_void_p(start), ctypes.c_size_t(MANY), seen) == 0 else []:
        data = ctypes.string_at(page, MANY)
        if found := re.search(rb"canary-[0-9a-f]{24}|row_weights\(x: Tens[o]r\b", data):
            gained(found.group())
