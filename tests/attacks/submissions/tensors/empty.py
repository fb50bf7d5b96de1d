"""
Tries: return no elements, so that no element is wrong.
Must: be wrong; shapes have to be equal.
Right: wrong_answer
Wrong: wrong_answer
"""


def after(result):
    return result[:0]
