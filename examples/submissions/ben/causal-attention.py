import torch


def causal_attention(q, k, v):
    T = q.shape[1]
    mask = torch.tril(torch.ones(T, T, device=q.device))
    scores = (q @ k.transpose(1, 2)).masked_fill(mask == 0, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v
