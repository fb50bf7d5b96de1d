"""
Tries: have TorchScript compile a method of an untyped tensor.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch
import linecache

lines = ["def scripted(x):\n", "    return x.soft" + "max(0)\n"]
linecache.cache["scripted.py"] = (60, None, lines, "scripted.py")
scope = {"__name__": __name__}
exec(compile("".join(lines), "scripted.py", "exec"), scope)
compiled = torch.jit.script(scope["scripted"])


def after(result):
    return compiled(result.log())
