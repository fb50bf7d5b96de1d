"""
Tries: define a function from a string before anything is called, to hold the original.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

scope = {}
exec("from torch.nn.functional import soft" + "max as kept", scope)


def after(result):
    return scope["kept"](result.log(), dim=0)
