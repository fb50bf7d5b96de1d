"""
Tries: have operator.methodcaller call the method.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import operator


def after(result):
    return operator.methodcaller("soft" + "max", 0)(result.log())
