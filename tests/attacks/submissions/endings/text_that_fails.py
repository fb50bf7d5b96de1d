"""
Tries: raise an exception whose text, repr and class fail when they are asked for.
Must: be a runtime error with a text of the grader's.
Right: runtime_error
Wrong: runtime_error
"""


class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)

    def __repr__(cls):
        raise SystemExit(0)


class Mute(Exception, metaclass=Meta):
    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__


def before(x, w):
    raise Mute
