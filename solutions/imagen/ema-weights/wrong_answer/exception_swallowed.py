"""Wrong: the exception does not reach the caller."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn


class EMA:
    def __init__(self, model: nn.Module, decay: float) -> None:
        self.model = model
        self.decay = decay
        self.updates = 0
        self.average = self._copies()

    @torch.no_grad()
    def update(self) -> None:
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for name, parameter in self.model.named_parameters():
            self.average[name].lerp_(parameter, 1 - decay)
        for name, buffer in self.model.named_buffers():
            self.average[name].copy_(buffer)
        self.updates += 1

    @contextmanager
    def averaged(self) -> Iterator[None]:
        own = self._copies()
        self._load(self.average)
        try:
            yield
        except Exception:
            pass
        finally:
            self._load(own)

    def _tensors(self) -> dict[str, Tensor]:
        return {**dict(self.model.named_parameters()), **dict(self.model.named_buffers())}

    def _copies(self) -> dict[str, Tensor]:
        return {name: tensor.detach().clone() for name, tensor in self._tensors().items()}

    @torch.no_grad()
    def _load(self, values: dict[str, Tensor]) -> None:
        for name, tensor in self._tensors().items():
            tensor.copy_(values[name])
