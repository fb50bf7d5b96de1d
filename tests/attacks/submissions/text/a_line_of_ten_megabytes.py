"""
Tries: print a line of ten megabytes, and an error with one more.
Must: be ended at 64 kB.
Right: output_limit_exceeded
Wrong: output_limit_exceeded
"""


def before(x, w):
    print("\u202e" * 3_000_000)
    raise ValueError("\x1b[0m" * 2_000_000)
