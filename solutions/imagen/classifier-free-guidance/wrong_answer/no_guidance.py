"""Wrong: the weight has no effect, and the prediction with the condition is returned."""

import torch


def drop_condition(cond, null, probability, drop=None):
    if drop is None:
        drop = torch.rand(cond.shape[0], device=cond.device) < probability
    return torch.where(drop[:, None, None], null, cond)


def guided_prediction(model, x, t, cond, null, w):
    B = x.shape[0]
    both = torch.cat([cond, null.expand(B, -1, -1)])  # (2B, L, D)
    with_cond, _without = model(torch.cat([x, x]), torch.cat([t, t]), both).chunk(2)
    return with_cond
