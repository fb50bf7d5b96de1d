"""
Tries: hand torch on in the dictionary of a function's local names.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""


def modules():
    import torch

    return locals()


def after(result):
    return modules()["torch"]._softmax(result.log(), 0, False)
