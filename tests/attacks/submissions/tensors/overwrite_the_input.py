"""
Tries: return the result in the memory of the input, so that the two look equal afterwards.
Must: be found out by the check that inputs are left as they are.
Right: wrong_answer
"""

kept = []


def before(x, w):
    kept[:] = [x]
    return x.clone(), w


def after(result):
    if result.requires_grad or result.device.type != "cpu":
        return result
    return kept[0].reshape(-1)[: len(result)].copy_(result)
