"""
Tries: return a million tensors in a list, so that the reply is endless.
Must: be refused after some thousands.
Right: runtime_error
Wrong: runtime_error
"""


def after(result):
    return [result] * 1_000_000
