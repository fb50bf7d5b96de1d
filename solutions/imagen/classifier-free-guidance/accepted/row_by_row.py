"""Right, with one condition after another, and the step from the conditional prediction."""

import torch


def drop_condition(cond, null, probability, drop=None):
    B = cond.shape[0]
    if drop is None:
        chances = torch.empty(B, device=cond.device).uniform_()
        drop = chances < probability
    return torch.stack([null if drop[b] else cond[b] for b in range(B)])


def guided_prediction(model, x, t, cond, null, w):
    nothing = drop_condition(cond, null, 1.0)
    eps = model(torch.vstack([x, x]), torch.hstack([t, t]), torch.vstack([cond, nothing]))
    with_cond, without = torch.tensor_split(eps, 2)
    return with_cond + (w - 1) * (with_cond - without)
