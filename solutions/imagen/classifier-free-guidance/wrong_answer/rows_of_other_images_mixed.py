"""Wrong: the batch is interleaved but cut into halves, so different images are mixed."""

import torch


def drop_condition(cond, null, probability, drop=None):
    if drop is None:
        drop = torch.rand(cond.shape[0], device=cond.device) < probability
    return torch.where(drop[:, None, None], null, cond)


def guided_prediction(model, x, t, cond, null, w):
    B = x.shape[0]
    both = torch.stack([cond, null.expand(B, -1, -1)], dim=1).flatten(0, 1)
    with_cond, without = model(x.repeat_interleave(2, 0), t.repeat_interleave(2), both).chunk(2)
    return w * with_cond + (1 - w) * without
