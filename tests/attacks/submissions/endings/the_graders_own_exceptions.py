"""
Tries: raise the exceptions by which the worker tells of its own findings.
Must: be held against the submission, as its own doing.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""

from grader.worker.second_device import DeviceMismatch, Unknown


class MissingEntry(DeviceMismatch, Unknown, AssertionError):
    pass


def before(x, w):
    raise MissingEntry("accepted")
