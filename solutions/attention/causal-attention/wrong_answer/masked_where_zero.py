"""Wrong for scores of exactly 0: the future is zeroed, and then whatever is zero is hidden."""

import math

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    D = q.shape[-1]
    scores = q @ k.transpose(-2, -1) / math.sqrt(D)
    scores = scores.tril()
    return scores.masked_fill(scores == 0, float("-inf")).softmax(dim=-1) @ v
