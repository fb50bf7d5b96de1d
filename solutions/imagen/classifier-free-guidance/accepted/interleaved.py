"""Right, with the two rows of an image side by side in the batch."""

import torch


def drop_condition(cond, null, probability, drop=None):
    B, L, D = cond.shape
    if drop is None:
        drop = torch.rand((B, 1, 1), device=cond.device).lt(probability)
    return cond.masked_fill(drop.view(B, 1, 1), 0) + null.expand(B, L, D).masked_fill(~drop.view(B, 1, 1), 0)


def guided_prediction(model, x, t, cond, null, w):
    B = x.shape[0]
    pairs = torch.stack([cond, null.expand_as(cond)], dim=1).flatten(0, 1)
    eps = model(x.repeat_interleave(2, dim=0), t.repeat_interleave(2), pairs)
    weights = torch.tensor([w, 1 - w], dtype=eps.dtype, device=eps.device)
    return torch.einsum("bkchw,k->bchw", eps.unflatten(0, (B, 2)), weights)
