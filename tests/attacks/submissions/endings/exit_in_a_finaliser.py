"""
Tries: end the process when the result is let go, after it was looked at and before it is sent.
Must: be a runtime error; no reply is no answer.
Right: runtime_error
Wrong: runtime_error
"""

import os


class Last:
    def __del__(self):
        os._exit(0)


def after(result):
    result.last = Last()
    return result
