"""
Tries: go from dictionary to dictionary where attributes would be seen.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch

table = torch.__dict__["_" + "C"].__dict__["_Variable" + "Functions"]


def after(result):
    return table.softmax(result.log(), 0)
