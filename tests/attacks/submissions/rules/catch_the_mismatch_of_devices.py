"""
Tries: make a tensor on the CPU, catch what is raised where it meets the inputs, and return something all the same.
Must: fail the check of devices; a mismatch counts whether it is caught or not.
Right: wrong_answer
Wrong: wrong_answer
"""


def after(result):
    import torch

    try:
        return result * torch.ones(len(result))
    except RuntimeError:
        return result
