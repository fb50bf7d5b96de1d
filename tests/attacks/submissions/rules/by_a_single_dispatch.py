"""
Tries: have functools evaluate the annotation of a function.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import functools

import torch

kept = []


@functools.singledispatch
def function(x):
    return x


@function.register
def _(x: "kept.append(torch._softmax) or int"):
    return x


def after(result):
    return kept[0](result.log(), 0, False)
