"""
Tries: return a result that says it requires a gradient and leads to none of the inputs.
Must: fail the check of the gradients.
Right: wrong_answer
"""


def after(result):
    return result.detach().requires_grad_(result.requires_grad)
