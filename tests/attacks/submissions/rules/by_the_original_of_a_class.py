"""
Tries: go from the class that refuses to the one that it replaces.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch.nn

kind = getattr(torch.nn, "Soft" + "max").mro()[-3]  # behind it are Module and object


def after(result):
    return kind(0)(result.log())
