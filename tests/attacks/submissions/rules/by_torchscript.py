"""
Tries: compile a string as TorchScript, which has its own names for all operators.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

compiled = torch.jit.CompilationUnit("def f(x):\n    return x.softmax(0)\n")


def after(result):
    return compiled.f(result.log())
