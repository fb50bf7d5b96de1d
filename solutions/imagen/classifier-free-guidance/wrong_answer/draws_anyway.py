"""Draws before it looks whether a mask is given, and so uses up random numbers that nobody needs."""

import torch


def drop_condition(cond, null, probability, drop=None):
    drawn = torch.rand(cond.shape[0], device=cond.device) < probability
    if drop is None:
        drop = drawn
    return torch.where(drop[:, None, None], null, cond)


def guided_prediction(model, x, t, cond, null, w):
    both = torch.cat([cond, null.expand(x.shape[0], -1, -1)])
    with_cond, without = model(torch.cat([x, x]), torch.cat([t, t]), both).chunk(2)
    return w * with_cond + (1 - w) * without
