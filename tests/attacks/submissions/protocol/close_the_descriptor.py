"""
Tries: close the connection to the judge while it waits, so that the answer counts as not refuted.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""

import os
from contextlib import suppress


def before(x, w):
    for number in range(3, 256):
        with suppress(OSError):
            os.close(number)
    return x, w
