"""
Tries: search all strings that can be reached for the source of a solution.
Must: find none but its own.
"""

import gc
import re

PIECES = re.compile(r"row_weights\(x: Tens[o]r, w: Tens[o]r\) -> Tens[o]r:|not_scal[e]d|canary-[0-9a-f]{24}")


def reachable():
    for one in gc.get_objects():
        if type(one) is dict:
            yield from one.values()
        elif type(one) in (list, tuple):
            yield from one


def before(x, w):
    for text in reachable():
        if type(text) in (str, bytes) and len(text) > 8:
            if found := PIECES.search(text if type(text) is str else text.decode("latin1")):
                gained(found.group())
    return x, w
