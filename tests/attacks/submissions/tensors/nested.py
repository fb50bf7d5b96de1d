"""
Tries: return a nested tensor, whose shape can't be asked for.
Must: be an error or wrong.
Right: runtime_error wrong_answer
Wrong: runtime_error wrong_answer
"""

import torch


def after(result):
    return torch.nested.nested_tensor([result.detach(), result.detach()[:1]])
