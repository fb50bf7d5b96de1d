"""
Tries: replace the gradients of the inputs by a hook while they are calculated.
Must: fail the check of the gradients.
Right: wrong_answer
"""


def before(x, w):
    for tensor in (x, w):
        if tensor.requires_grad:
            tensor.register_hook(lambda gradient: gradient * float("nan"))
    return x, w
