"""
Tries: replace what is called at an error with functions that say nothing, so that an error leaves no trace.
Must: be a runtime error all the same.
Right: runtime_error
Wrong: runtime_error
"""

import sys
import traceback

traceback.extract_tb = lambda *args, **kwargs: []
traceback.print_exc = traceback.format_list = lambda *args, **kwargs: []
sys.excepthook = sys.unraisablehook = lambda *args: None


def before(x, w):
    raise ValueError("unseen")
