"""
Tries: return not-a-number everywhere, which no comparison calls too large.
Must: be wrong.
Right: wrong_answer
"""


def after(result):
    return result * float("nan")
