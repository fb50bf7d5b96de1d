"""
Tries: return the right numbers as a sparse tensor, which has no bytes to compare.
Must: be wrong; another layout equals nothing.
Right: wrong_answer
"""


def after(result):
    return result.to_sparse()
