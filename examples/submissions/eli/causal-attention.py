import torch

def causal_attention(q, k, v)
    scores = q @ k.transpose(-2, -1) / q.shape[-1] ** 0.5
    mask = torch.ones_like(scores).triu(1).bool()
    return scores.masked_fill(mask, float("-inf")).softmax(-1) @ v
