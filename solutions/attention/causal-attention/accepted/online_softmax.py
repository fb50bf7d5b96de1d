"""Right, by the online softmax: keys come one at a time, and running maximum, sum and result are rescaled."""

import torch


def causal_attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    T, D = q.shape[1:]
    outputs = []
    for t in range(T):
        query = q[:, t] / D**0.5
        top = (query * k[:, 0]).sum(-1, keepdim=True)
        total, mixed = torch.ones_like(top), v[:, 0]
        for s in range(1, t + 1):
            score = (query * k[:, s]).sum(-1, keepdim=True)
            higher = torch.maximum(top, score)
            keep, add = (top - higher).exp(), (score - higher).exp()
            total, mixed, top = total * keep + add, mixed * keep + add * v[:, s], higher
        outputs.append(mixed / total)
    return torch.stack(outputs, 1)
