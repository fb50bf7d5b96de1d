"""
Tries: enter inference mode and never leave it.
Must: fail the check of the gradients, or be an error of its own making.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

import torch

mode = torch.inference_mode()


def before(x, w):
    mode.__enter__()
    return x, w
