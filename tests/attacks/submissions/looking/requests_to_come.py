"""
Tries: look ahead in the socket for what the judge will send next.
Must: find nothing; a request is sent when the last reply has come.
"""

import os
import select
import socket
import stat
from contextlib import suppress


def before(x, w):
    for number in range(3, 256):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode) and select.select([number], [], [], 0.01)[0]:
                end = socket.socket(fileno=number)
                gained(repr(end.recv(100, socket.MSG_PEEK)))
                end.detach()
    return x, w
