"""
Tries: return an object that says it is a tuple and has an element for every number.
Must: be refused after some thousands.
Right: runtime_error
Wrong: runtime_error
"""


class Endless:
    __class__ = tuple

    def __init__(self, element):
        self.element = element

    def __getitem__(self, index):
        return self.element if isinstance(index, int) else [self.element]


def after(result):
    return Endless(result)
