"""
Tries: return an integer of a million digits.
Must: be wrong or an error; numbers that are sent are small.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""


def after(result):
    return 7**1_000_000
