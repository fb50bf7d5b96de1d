"""
Tries: find more arguments in the request than the function is given.
Must: find none; what is held back is never sent.
"""

import sys


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "_drive":
        frame = frame.f_back
    drive, arrays = frame.f_locals["drive"], frame.f_locals["arrays"]
    if len(arrays) > 2 * len(drive.inputs) or any(set(case.arguments) != {"x", "w"} for case in drive.inputs):
        gained(f"{len(arrays)} arrays for {len(drive.inputs)} cases")
    return x, w
