"""
Tries: give the class of an exception a name that fails on use.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


class Name(str):
    def __str__(self):
        raise MemoryError

    __repr__ = __len__ = __hash__ = encode = __getitem__ = __str__


class Odd(Exception):
    pass


Odd.__name__ = Name("Odd")


def before(x, w):
    raise Odd
