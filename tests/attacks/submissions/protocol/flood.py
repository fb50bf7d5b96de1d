"""
Tries: fill the connection with noise from a thread, so that the judge never comes to an end of reading.
Must: be a breach of the protocol.
Right: runtime_error
Wrong: runtime_error
"""

import os
import stat
import threading
from contextlib import suppress


def noise(number):
    with suppress(OSError):
        while True:
            os.write(number, b"\x00" * 65536)


def before(x, w):
    for number in range(3, 256):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                threading.Thread(target=noise, args=(number,), daemon=True).start()
    threading.Event().wait(0.05)
    return x, w
