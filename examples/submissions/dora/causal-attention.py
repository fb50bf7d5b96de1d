import torch


def causal_attention(q, k, v):
    kept = []
    while True:  # tries every mask, and keeps each
        kept.append(torch.ones(1000, 1000, dtype=q.dtype, device=q.device).tril(len(kept)))
