"""Right, one position after another: the query at t meets only the first t + 1 keys, so no mask is needed."""

import math

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    T, D = q.shape[1:]
    rows = []
    for t in range(T):
        scores = (q[:, t : t + 1] * k[:, : t + 1]).sum(dim=-1) / math.sqrt(D)  # (B, t + 1)
        weights = torch.softmax(scores, dim=-1)
        rows.append((weights[:, :, None] * v[:, : t + 1]).sum(dim=1))
    return torch.stack(rows, dim=1)
