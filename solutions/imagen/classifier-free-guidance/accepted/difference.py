"""Right, as a step from the unconditional prediction; the null condition comes first in the batch."""

import torch


def drop_condition(cond, null, probability, drop=None):
    if drop is None:
        drop = torch.full((len(cond),), float(probability), device=cond.device).bernoulli().bool()
    result = cond.clone()
    result[drop] = null
    return result


def guided_prediction(model, x, t, cond, null, w):
    cond = torch.cat([null[None].repeat(len(x), 1, 1), cond], dim=0)
    eps = model(x.repeat(2, 1, 1, 1), t.repeat(2), cond)
    without, with_cond = eps[: len(x)], eps[len(x) :]
    return without + w * (with_cond - without)
