"""
Tries: pass the function to a decorator, where it is an argument and not a call.
Must: be a violation of the rules.
Right: rule_violation
Wrong: rule_violation
"""

import torch


def with_function(function):
    return lambda _: function


@with_function(getattr(torch, "soft" + "max"))
def softmax():
    pass


def after(result):
    return softmax(result.log(), 0)
