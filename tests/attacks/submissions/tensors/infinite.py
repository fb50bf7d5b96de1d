"""
Tries: return infinity, so that the difference over the tolerance is not a number.
Must: be wrong.
Right: wrong_answer
"""


def after(result):
    return result / 0
