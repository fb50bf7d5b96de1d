"""Classifier-free guidance: the condition is dropped in training, and two predictions are mixed in sampling.

Sources: Ho and Salimans 2022, section 3.2, https://arxiv.org/abs/2207.12598; Saharia et al. 2022, section 2.2,
    eq. 2, https://arxiv.org/abs/2205.11487 (the meaning of w).
Shapes: B images, C channels, H rows, W columns; L tokens of the condition, D their width.
"""

from collections.abc import Callable

import torch
from torch import Tensor


def drop_condition(cond: Tensor, null: Tensor, probability: float, drop: Tensor | None = None) -> Tensor:
    """Replace the whole condition of some images by the null embedding.

    cond: (B, L, D) conditions. null: (L, D) the learned null embedding, of the same dtype and device.
    probability: of a condition to be replaced, from 0 to 1; without meaning where drop is given.
    drop: (B,) bool, True where the condition is replaced; None: drawn here, for each image on its own.
    Returns (B, L, D) in the dtype and on the device of cond. Gradients flow to cond and null, which are not modified.
    """
    raise NotImplementedError


def guided_prediction(
    model: Callable[[Tensor, Tensor, Tensor], Tensor], x: Tensor, t: Tensor, cond: Tensor, null: Tensor, w: float
) -> Tensor:
    """Predict the noise with guidance: w * (prediction with cond) + (1 - w) * (prediction with null).

    model: called once, as model(x, t, cond) with a batch of 2B; it treats every row on its own.
    x: (B, C, H, W) noisy images. t: (B,) int64, their time steps. cond: (B, L, D). null: (L, D).
    w: guidance weight; 1 is no guidance, 0 ignores the condition; it changes nothing about the one call.
    Returns (B, C, H, W). Gradients flow through both predictions; the inputs are not modified.
    """
    raise NotImplementedError
