"""
Tries: return one number as a tensor of 2**40 elements, which takes four bytes here and four terabytes to send.
Must: be refused before it is copied.
Right: runtime_error
Wrong: runtime_error
"""


def after(result):
    return result[:1].expand(2**40)
