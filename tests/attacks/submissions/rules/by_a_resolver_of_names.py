"""
Tries: have a library of Python resolve a dotted name.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import pydoc

softmax = pydoc.locate("torch._C._VariableFunctions.soft" + "max")


def after(result):
    return softmax(result.log(), 0)
