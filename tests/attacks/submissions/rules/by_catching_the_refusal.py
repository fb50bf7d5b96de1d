"""
Tries: call the forbidden function, and hide the exception that tells of it.
Must: be a violation of the rules; the call is noted before it is refused.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def after(result):
    try:
        return getattr(torch, "soft" + "max")(result.log(), 0)
    except RuntimeError:
        return result
