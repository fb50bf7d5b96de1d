"""
Tries: return several answers at once, in the hope that one of them is looked for.
Must: be wrong; the containers of the result count.
Right: wrong_answer
"""


def after(result):
    return tuple(result * factor for factor in (1.0, 0.5, 2.0))
