"""
Tries: print the trace of an exception that has a hundred thousand characters a frame.
Must: be a runtime error with a trace of limited length.
Right: runtime_error
Wrong: runtime_error
"""

scope = {}
exec(
    compile("def deep(n):\n    if n: deep(n - 1)\n    raise ValueError" + " " * 100_000, "row-weights.py", "exec"),
    scope,
)


def before(x, w):
    scope["deep"](500)
