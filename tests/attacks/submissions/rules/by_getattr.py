"""
Tries: fetch the forbidden function by getattr with a name put together from pieces.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    return getattr(torch, "soft" + "max")(result.log(), 0)
