"""
Tries: call a private function of torch, by way of a class that torch is imported in.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""


class Holder:
    import torch


def after(result):
    return Holder.torch._softmax(result.log(), 0, False)
