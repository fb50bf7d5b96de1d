"""
Tries: call the method of the tensor in place of the function.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""


def after(result):
    return result.log().softmax(0)
