"""
Tries: send descriptors to the judge over its socket, to fill its table and to stay reachable after its own end.
Must: fail; messages with descriptors can't be sent, not even between two ends of its own.
Alone: seccomp
"""

import array
import os
import socket
from contextlib import suppress

near, far = socket.socketpair()
rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [near.fileno()] * 200))]
with suppress(OSError):
    near.sendmsg([b"x"], rights)
    gained("200 descriptors in a socket of its own")
for number in range(3, 32):
    with suppress(OSError):
        if number not in (near.fileno(), far.fileno()):
            link = socket.socket(fileno=os.dup(number))
            link.sendmsg([b""], rights)
            gained("descriptors to the judge")
near.close()
far.close()
