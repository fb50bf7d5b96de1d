"""
Tries: raise what is derived from BaseException alone.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


class Unseen(BaseException):
    pass


def before(x, w):
    raise Unseen
