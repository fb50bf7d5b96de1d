"""
Tries: reach the table of C functions by names that the source does not show.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

table = torch
for part in ("_" + "C", "_Variable" + "Functions", "soft" + "max"):
    table = getattr(table, part)
softmax = table


def after(result):
    return softmax(result.log(), 0)
