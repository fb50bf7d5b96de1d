"""Causal scaled dot-product attention.

Source: Vaswani et al. 2017, section 3.2.1, eq. 1. https://arxiv.org/abs/1706.03762
Shapes: B batch, T tokens, D width of a head.
"""

import math

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Attend from every token to itself and to the tokens before it.

    q, k, v: (B, T, D) queries, keys and values, all of one floating dtype.
    Returns (B, T, D) in the dtype and on the device of the inputs, which are left as they are.
    """
    T, D = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / math.sqrt(D)  # (B, T, T)
    future = torch.ones(T, T, dtype=torch.bool, device=q.device).triu(1)
    return scores.masked_fill(future, float("-inf")).softmax(dim=-1) @ v
