"""
Tries: switch off the collection of garbage and keep everything, so that memory is held for the next.
Must: change nothing; memory goes with the process.
"""

import gc

gc.disable()
gc.freeze()
kept = []


def after(result):
    kept.append((result, bytearray(1 << 20)))
    return result
