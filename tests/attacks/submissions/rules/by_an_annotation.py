"""
Tries: have the string of an annotation evaluated.
Must: be listed for the interviewer, since it can't be caught in the process that it shares.
Suspicious: yes
"""

import typing


class Holder:
    field: "__import__('torch')._C._VariableFunctions.softmax"


softmax = typing.get_type_hints(Holder)["field"]


def after(result):
    return softmax(result.log(), 0)
