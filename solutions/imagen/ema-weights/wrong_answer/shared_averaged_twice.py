"""Wrong: a parameter that two layers share is averaged twice in one update."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


class EMA:
    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = model
        self.decay = decay
        self.updates = 0
        self.average = copy.deepcopy(model)

    @torch.no_grad()
    def update(self) -> None:
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        parameters = {name for name, _ in self.model.named_parameters(remove_duplicate=False)}
        values = self.model.state_dict()
        for name, average in self.average.state_dict().items():
            if name in parameters:
                average.lerp_(values[name], 1 - decay)
            else:
                average.copy_(values[name])
        self.updates += 1

    @contextmanager
    def averaged(self) -> Iterator[None]:
        own = copy.deepcopy(self.model.state_dict())
        self.model.load_state_dict(self.average.state_dict())
        try:
            yield
        finally:
            self.model.load_state_dict(own)
