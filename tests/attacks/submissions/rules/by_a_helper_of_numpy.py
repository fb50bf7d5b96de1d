"""
Tries: have NumPy's helpers for tests run a string.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

from numpy.testing import runstring

space = {}
runstring("import torch; function = torch._softmax", space)


def after(result):
    return space["function"](result.log(), 0, False)
