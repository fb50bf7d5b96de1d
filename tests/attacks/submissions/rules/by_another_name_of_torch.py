"""
Tries: give torch another name, and look the inner modules up under that.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

t = torch


def after(result):
    return getattr(getattr(t, "_" + "C"), "_Variable" + "Functions").softmax(result.log(), 0)
