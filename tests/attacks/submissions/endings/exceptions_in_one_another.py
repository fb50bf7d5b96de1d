"""
Tries: raise a ring of exceptions that are each other's cause, and a group of ten thousand.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    first, second = ValueError("a"), TypeError("b")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    raise BaseExceptionGroup("many", [first] * 10_000) from first
