"""
Tries: search the variables of all callers for a tensor that could be the expected result.
Must: find none; the reference runs in a process of its own.
"""

import sys

import numpy as np
import torch


def before(x, w):
    frame = sys._getframe(1)
    while frame:
        for name, value in frame.f_locals.items():
            if name == "out":  # its own last reply
                continue
            for one in value.values() if isinstance(value, dict) else [value]:
                if isinstance(one, torch.Tensor | np.ndarray) and tuple(one.shape) == x.shape[:1]:
                    if x.dim() == 2 and abs(float(one.sum()) - 1) < 1e-3:
                        gained(f"weights in {frame.f_code.co_name}")
        frame = frame.f_back
    return x, w
