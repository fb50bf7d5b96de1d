"""Picks at random which images are dropped, but always the same number of them."""

import torch


def drop_condition(cond, null, probability, drop=None):
    if drop is None:
        B = cond.shape[0]
        drop = torch.randperm(B, device=cond.device) < round(probability * B)
    return torch.where(drop[:, None, None], null, cond)


def guided_prediction(model, x, t, cond, null, w):
    both = torch.cat([cond, null.expand(x.shape[0], -1, -1)])
    with_cond, without = model(torch.cat([x, x]), torch.cat([t, t]), both).chunk(2)
    return w * with_cond + (1 - w) * without
