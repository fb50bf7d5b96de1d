import torch


def causal_attention(q, k, v):
    B, T, D = q.shape
    out = torch.zeros_like(v)
    t = 0
    while t < T:
        scores = q[:, t : t + 1] @ k[:, : t + 1].transpose(1, 2) / D**0.5
        out[:, t : t + 1] = scores.softmax(dim=-1) @ v[:, : t + 1]
        # and here the step is missing: t += 1
    return out
