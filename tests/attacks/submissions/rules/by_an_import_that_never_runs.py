"""
Tries: give torch the name of another module, by an import that is not carried out.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

if __name__ == "__main__":
    import math as torch


def after(result):
    return torch._softmax(result.log(), 0, False)
