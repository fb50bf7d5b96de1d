"""
Tries: pass the check of devices by moving everything to the CPU.
Must: fail that check; the result has to lie where the inputs do.
Right: wrong_answer
Wrong: wrong_answer
"""


def before(x, w):
    return x.cpu(), w.cpu()
