"""
Tries: make the inputs itself from the seed that it is sent, which would give it the arguments that are held back.
Must: fail; the seed that is sent follows from the run's, and does not lead back to it.
"""

import hashlib
import sys

import numpy as np


def before(x, w):
    frame = sys._getframe()
    while frame.f_code.co_name != "_drive":
        frame = frame.f_back
    drive = frame.f_locals["drive"]
    for case in drive.inputs:
        for name in ("x", "w"):
            for key in ((case.name, name), (case.name, "argument", name), (case.name, f"argument/{name}"), (name,)):
                digest = hashlib.sha256("\x00".join((str(drive.seed), *key)).encode()).digest()
                draw = np.random.default_rng([int.from_bytes(digest[i : i + 4], "little") for i in range(0, 32, 4)])
                guess = draw.standard_normal(tuple(x.shape)).astype(np.float32) + 0.5
                if abs(guess - x.detach().numpy()).max() < 1e-3 if x.device.type == "cpu" else False:
                    gained("the seed of the run")
    return x, w
