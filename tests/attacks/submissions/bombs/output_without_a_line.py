"""
Tries: print a line that never ends, so that whoever reads by lines reads for ever.
Must: be ended at 64 kB.
Right: output_limit_exceeded
Wrong: output_limit_exceeded
"""

import os


def before(x, w):
    while True:
        os.write(1, b" " * 50)
