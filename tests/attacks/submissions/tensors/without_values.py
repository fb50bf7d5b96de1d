"""
Tries: return a tensor that has a shape and no values.
Must: be wrong; nothing can be compared.
Right: wrong_answer
"""


def after(result):
    return result.to("meta")
