"""
Tries: import the forbidden function under another name.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

from torch import softmax as normalise


def after(result):
    return normalise(result.log(), 0)
