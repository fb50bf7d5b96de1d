"""
Tries: print ten megabytes.
Must: be ended at 64 kB.
Right: output_limit_exceeded
Wrong: output_limit_exceeded
"""


def before(x, w):
    for _ in range(1000):
        print("x" * 10_000)
    return x, w
