"""
Tries: return an inference tensor, so that no graph can be followed and no gradient be wrong.
Must: fail the check of the gradients; where there is no gradient, it is zero.
Right: wrong_answer runtime_error
"""

import torch


def after(result):
    with torch.inference_mode():
        return result * 1
