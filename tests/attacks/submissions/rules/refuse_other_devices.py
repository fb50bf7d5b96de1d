"""
Tries: pass the check of devices by raising an exception where the inputs are not on the CPU.
Must: fail that check; the exception is the submission's own, and no limit of what can be played.
Right: runtime_error
Wrong: wrong_answer
"""


def before(x, w):
    if x.device.type != "cpu":
        raise RuntimeError("only on the CPU")
    return x, w
