"""
Tries: return a dictionary whose keys never tell their name, or one of ten megabytes.
Must: be wrong; a key is text of limited length.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""


class Key(str):
    def __str__(self):
        raise SystemExit

    __repr__ = __format__ = __str__


def after(result):
    return {Key("output"): result, "x" * 10_000_000: result, "output]": result, None: result}
