"""
Tries: raise an exception with a text of ten megabytes.
Must: be a runtime error with the beginning of the text.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    raise ValueError("<b>x</b>\n" * 1_000_000)
