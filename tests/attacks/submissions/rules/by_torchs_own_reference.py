"""
Tries: call the second version of the function, which torch keeps for its compiler.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch._refs


def after(result):
    return torch._refs.softmax(result.log(), 0)
