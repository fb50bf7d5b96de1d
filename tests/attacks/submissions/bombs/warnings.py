"""
Tries: warn ten thousand times, each with another text, which goes to the log.
Must: be ended at 64 kB.
Right: output_limit_exceeded
Wrong: output_limit_exceeded
"""

import warnings


def before(x, w):
    warnings.simplefilter("always")
    for number in range(10_000):
        warnings.warn(f"{number} is not {number + 1}")
    return x, w
