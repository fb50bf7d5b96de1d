"""
Tries: raise GeneratorExit and StopIteration, which end loops and generators without a word.
Must: be a runtime error.
Right: runtime_error
Wrong: runtime_error
"""


def before(x, w):
    raise GeneratorExit from StopIteration()
