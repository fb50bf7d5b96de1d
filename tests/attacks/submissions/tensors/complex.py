"""
Tries: return complex numbers whose real part is right.
Must: be wrong; another dtype is another answer.
Right: wrong_answer
"""


def after(result):
    return result + 5j
