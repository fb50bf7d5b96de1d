"""
Tries: print without end, straight to the descriptor.
Must: be ended at 64 kB.
Right: output_limit_exceeded
Wrong: output_limit_exceeded
"""

import os


def before(x, w):
    while True:
        os.write(2, b"y\n" * 5000)
