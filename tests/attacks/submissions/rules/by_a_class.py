"""
Tries: inherit from the forbidden module under another name.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch.nn


class Weights(getattr(torch.nn, "Soft" + "max")):
    pass


def after(result):
    return Weights(0)(result.log())
