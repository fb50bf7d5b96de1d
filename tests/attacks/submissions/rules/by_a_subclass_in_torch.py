"""
Tries: use a class of torch that inherits from the forbidden one.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.ao.nn.quantized.Softmax(0)(result.log())
