"""
Tries: print ten megabytes when the last request is answered, while the judge waits for the end.
Must: be cut off; the verdict stands before.
"""

import os
import sys

from grader.sandbox import confine

honest = confine.flush


def flush():
    honest()
    if sys._getframe(1).f_code.co_name == "_become_child":
        for _ in range(1000):
            os.write(1, b"z" * 10_000)


confine.flush = flush
