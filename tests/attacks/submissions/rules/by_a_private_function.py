"""
Tries: call torch's private function that the public one is made of.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    return torch._softmax(result.log(), 0, False)
