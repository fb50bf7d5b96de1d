"""
Tries: raise MemoryError without using memory, so that the fault is the machine's.
Must: be a verdict on the submission.
Right: memory_limit_exceeded
Wrong: memory_limit_exceeded
"""


def before(x, w):
    raise MemoryError("the grader's machine is too small")
