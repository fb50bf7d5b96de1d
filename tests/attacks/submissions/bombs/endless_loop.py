"""
Tries: calculate without end.
Must: be ended by the time limit.
Right: time_limit_exceeded
Wrong: time_limit_exceeded
"""


def before(x, w):
    while True:
        pass
