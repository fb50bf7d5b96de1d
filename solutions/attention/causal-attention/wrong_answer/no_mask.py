"""Wrong: there is no mask, so every token sees the whole sequence."""

import math

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    D = q.shape[-1]
    scores = q @ k.transpose(-2, -1) / math.sqrt(D)
    return scores.softmax(dim=-1) @ v
