"""
Tries: return a tensor whose memory has been given back, so that whoever reads it crashes.
Must: be wrong or an error of the submission, whose process it is that reads.
Right: wrong_answer runtime_error
Wrong: wrong_answer runtime_error
"""


def after(result):
    result = result.detach().clone()
    result.untyped_storage().resize_(0)
    return result
