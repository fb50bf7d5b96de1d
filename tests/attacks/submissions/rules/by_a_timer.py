"""
Tries: have the module that times snippets run one.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import timeit

kept = []
timeit.timeit("kept.append(torch._C._VariableFunctions.soft" + "max)", "import torch", number=1, globals={"kept": kept})
softmax = kept[0]


def after(result):
    return softmax(result.log(), 0)
