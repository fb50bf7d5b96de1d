"""
Tries: put a socket of its own in place of the judge's, so that the reply goes to nobody while it stays alive.
Must: be a runtime error; the judge sees its connection closed.
Right: runtime_error
Wrong: runtime_error
"""

import os
import socket
import stat
from contextlib import suppress

pair = socket.socketpair()


def before(x, w):
    for number in range(3, 256):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode) and number not in (one.fileno() for one in pair):
                os.dup2(pair[0].fileno(), number)
    return x, w
