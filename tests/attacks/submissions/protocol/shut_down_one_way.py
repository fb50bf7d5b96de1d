"""
Tries: shut the connection down for writing and live on, so that the judge waits for what can't come.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import socket
from contextlib import suppress


def before(x, w):
    for number in range(3, 256):
        with suppress(OSError):
            end = socket.socket(fileno=number)
            end.shutdown(socket.SHUT_WR)
            end.detach()
    return x, w
