"""Wrong: the model is called twice."""

import torch


def drop_condition(cond, null, probability, drop=None):
    if drop is None:
        drop = torch.rand(cond.shape[0], device=cond.device) < probability
    return torch.where(drop[:, None, None], null, cond)


def guided_prediction(model, x, t, cond, null, w):
    with_cond = model(x, t, cond)
    without = model(x, t, null.expand(x.shape[0], -1, -1))
    return w * with_cond + (1 - w) * without
