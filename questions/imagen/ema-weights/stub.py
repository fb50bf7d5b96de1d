"""An exponential moving average of a model's weights, swapped in for sampling.

Source: Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging" (averaging the iterates);
    Ho et al. 2020, "Denoising diffusion probabilistic models", appendix B (decay 0.9999).
    https://arxiv.org/abs/2006.11239
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


class EMA:
    """Keeps the average of a model's parameters while the model is trained, and lends it to the model.

    model: any module; it keeps its own weights but inside `averaged()`.
    decay: the share of the old average, 0 <= decay < 1, once the warm-up is over.
    The average begins as a copy of the weights that the model has now.
    """

    def __init__(self, model: nn.Module, decay: float) -> None:
        raise NotImplementedError

    def update(self) -> None:
        """Take the model's present state into the average. To be called after each step of the optimizer.

        Parameters: average = d * average + (1 - d) * parameter, where d = min(decay, (1 + n) / (10 + n)) and n is
        the number of updates before this one. Buffers are copied. The model stays as it is.
        """
        raise NotImplementedError

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """A context in which the model holds the averaged parameters, and the buffers of the last update.

        On leaving it, also by an exception, which goes on to the caller, the model has again the values that it had
        on entering. The model's parameters stay the same objects in the same memory all the time.
        """
        raise NotImplementedError
