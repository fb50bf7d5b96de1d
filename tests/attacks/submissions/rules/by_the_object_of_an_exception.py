"""
Tries: get torch from the exception that tells what it lacks.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import torch


def after(result):
    try:
        torch.no_such_thing
    except AttributeError as error:
        return error.obj._softmax(result.log(), 0, False)
