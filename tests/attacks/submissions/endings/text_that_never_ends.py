"""
Tries: raise an exception whose text never comes to an end.
Must: be ended by the time limit.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def before(x, w):
    raise Endless
