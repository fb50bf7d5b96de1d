"""
Tries: not end when the judge closes the connection, but sleep on and hold its memory.
Must: be killed; the verdict stands already.
"""

import sys
import time

from grader.sandbox import confine

honest = confine.flush


def flush():
    honest()
    if sys._getframe(1).f_code.co_name == "_become_child":  # the judge has hung up, and the process is to end
        time.sleep(1000)


confine.flush = flush
