"""Wrong: the mask's diagonal is off by one, so a token does not see itself, and row 0 is not a number."""

import math

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    T, D = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / math.sqrt(D)
    future = torch.ones(T, T, dtype=torch.bool, device=q.device).triu(0)
    return scores.masked_fill(future, float("-inf")).softmax(dim=-1) @ v
