"""
Tries: return eight-bit numbers that are close to the right ones.
Must: be wrong; a quantised tensor equals nothing.
Right: wrong_answer
"""

import warnings

import torch


def after(result):
    warnings.simplefilter("ignore")
    return torch.quantize_per_tensor(result.detach().float(), 1 / 255, 0, torch.quint8)
