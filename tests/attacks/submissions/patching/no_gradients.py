"""
Tries: switch gradients off for good, so that there are none to be wrong.
Must: fail the check of the gradients.
Right: wrong_answer
"""

import torch


def before(x, w):
    torch.set_grad_enabled(False)
    return x, w
