"""
Tries: keep threads running after the judge has hung up, to write and print into the time of the next submission.
Must: be gone with its process.
"""

import os
import select
import socket
import threading
import time
from contextlib import suppress

links = []
for number in range(3, 32):
    with suppress(OSError):
        if socket.fromfd(number, socket.AF_UNIX, socket.SOCK_STREAM):
            links.append(number)


def stay():
    poll = select.poll()
    for number in links:
        poll.register(number, 0)  # hang-ups only
    if poll.poll(5000):
        time.sleep(2)
        gained("a thread after the end")
        with suppress(OSError):
            os.mkdir(f"{AIM.open}/thread")


if not links:
    gained("nothing, for it has not found the socket")
for _ in range(3):
    threading.Thread(target=stay).start()
