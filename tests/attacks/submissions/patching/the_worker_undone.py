"""
Tries: delete the functions that the worker needs to report, in the hope that no report is no fault.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

from grader import wire
from grader.worker import serve, values


def before(x, w):
    for module in (wire, serve, values):
        for name in [name for name in vars(module) if not name.startswith("__")]:
            delattr(module, name)
    return x, w
