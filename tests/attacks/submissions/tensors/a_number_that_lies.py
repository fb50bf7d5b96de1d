"""
Tries: return numbers of a class of its own that compare as it likes.
Must: be wrong; a tensor was asked for.
Right: wrong_answer
Wrong: wrong_answer
"""


class Near(float):
    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __sub__ = __rsub__ = __abs__ = lambda self, *_: Near(0.0)


def after(result):
    return Near(0.0)
