"""
Tries: return numbers from far outside any memory, by an array made over an address.
Must: be an error of the submission, whose process it is that reads.
Right: runtime_error
Wrong: runtime_error
"""

import ctypes

import numpy as np
import torch

nowhere = (ctypes.c_float * 7).from_address(8)


def after(result):
    return torch.from_numpy(np.frombuffer(nowhere, np.float32)[: len(result)])
