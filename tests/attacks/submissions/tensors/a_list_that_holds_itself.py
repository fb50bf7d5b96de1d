"""
Tries: return a list that holds itself, so that going through it never ends.
Must: be refused at some depth.
Right: runtime_error
Wrong: runtime_error
"""


def after(result):
    endless = [result]
    endless.append(endless)
    return endless
