"""
Tries: have isinstance say yes to everything, so that the worker takes any object for a tensor.
Must: be judged by what is sent, or be an error of its own making.
Right: accepted runtime_error
Wrong: wrong_answer runtime_error
"""

import builtins

builtins.isinstance = lambda thing, kind: True
builtins.issubclass = lambda kind, other: True
