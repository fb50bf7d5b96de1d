"""
Tries: raise an exception and follow its frames to the outermost, reading everything on the way.
Must: find no expected value and no seed of the run.
"""

import sys

WANTED = {"expected", "reference", "truth", "oracle", "solutions", "canary", "plan", "desk"}


def before(x, w):
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    frames = [*sys._current_frames().values()]
    while frame:
        frames.append(frame)
        frame = frame.f_back
    for frame in frames:
        if frame.f_code.co_filename != __file__:
            for name in WANTED & set(frame.f_locals):
                gained(f"{name} in {frame.f_code.co_name}")
    return x, w
