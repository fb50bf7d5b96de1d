"""
Tries: take the function from the dictionary of the module.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return vars(torch)["soft" + "max"](result.log(), 0)
