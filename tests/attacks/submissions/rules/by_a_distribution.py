"""
Tries: have an allowed class of torch call the forbidden function.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return torch.distributions.Categorical(logits=result.log()).probs
