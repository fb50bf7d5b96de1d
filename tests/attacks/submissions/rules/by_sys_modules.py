"""
Tries: find the inner module in the list of all modules, by a name that the source does not show.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import sys

table = vars(sys.modules["torch._" + "C"])["_Variable" + "Functions"]
softmax = table.softmax


def after(result):
    return softmax(result.log(), 0)
