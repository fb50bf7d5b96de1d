"""
Tries: ask the socket to the judge who is at its other end: a handle of its process, its user and its groups.
Must: fail; these questions are refused.
Alone: seccomp
"""

import socket
from contextlib import suppress

QUESTIONS = {"credentials": 17, "groups": 59, "a handle": 77}
for number in range(3, 64):
    with suppress(OSError):
        link = socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM)
        for what, option in QUESTIONS.items():
            with suppress(OSError):
                link.getsockopt(socket.SOL_SOCKET, option, 64)
                gained(f"{what} of the judge")
