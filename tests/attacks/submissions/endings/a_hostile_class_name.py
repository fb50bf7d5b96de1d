"""
Tries: raise an exception whose class has a name of markup, control codes and a surrogate.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

name = "<script>alert(1)</script>\x1b[2J\u202e\ud800" + "A" * 100_000


def before(x, w):
    raise type(name, (Exception,), {})("")
