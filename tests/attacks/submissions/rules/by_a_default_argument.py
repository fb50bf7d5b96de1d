"""
Tries: hand torch on as a default argument, so that no import explains its name.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result, t=torch):
    inner = getattr(t, "_" + "C")
    return getattr(inner, "_Variable" + "Functions").softmax(result.log(), 0)
