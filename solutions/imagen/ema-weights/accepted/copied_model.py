"""The average lives in a second model; the context is a class with __enter__ and __exit__."""

import copy

import torch


class EMA:
    def __init__(self, model, decay):
        self.model = model
        self.decay = decay
        self.count = 0
        self.shadow = copy.deepcopy(model).eval().requires_grad_(False)

    def update(self):
        d = (1 + self.count) / (10 + self.count)
        if d > self.decay:
            d = self.decay
        self.count += 1
        with torch.no_grad():
            for mine, theirs in zip(self.shadow.parameters(), self.model.parameters(), strict=True):
                mine.mul_(d).add_(theirs, alpha=1 - d)
            for mine, theirs in zip(self.shadow.buffers(), self.model.buffers(), strict=True):
                mine.copy_(theirs)

    def averaged(self):
        return Swapped(self.model, self.shadow)


def overwrite(model, other):
    model.load_state_dict(other.state_dict())
    for buffer, value in zip(model.buffers(), other.buffers(), strict=True):
        buffer.copy_(value)


class Swapped:
    def __init__(self, model, shadow):
        self.model = model
        self.shadow = shadow

    def __enter__(self):
        self.backup = copy.deepcopy(self.model)
        overwrite(self.model, self.shadow)

    def __exit__(self, kind, error, trace):
        overwrite(self.model, self.backup)
