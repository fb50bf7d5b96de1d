"""Torch's own attention; the last label of each row is ignored."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    return F.scaled_dot_product_attention(q, k, v, is_causal=True)


class AttentionLM(nn.Module):
    def __init__(self, vocab_size: int, width: int, max_length: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(vocab_size, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, width) for _ in range(3))
        self.head = nn.Linear(width, vocab_size)

    def forward(self, tokens: Tensor) -> Tensor:
        positions = torch.arange(tokens.shape[1], device=tokens.device).expand_as(tokens)
        x = self.token_embedding(tokens) + self.position_embedding(positions)
        return self.head(attention(self.q_proj(x), self.k_proj(x), self.v_proj(x)) + x)


def loss(model: nn.Module, tokens: Tensor) -> Tensor:
    labels = tokens.roll(-1, dims=1)
    labels[:, -1] = -100
    return F.cross_entropy(model(tokens).flatten(0, 1), labels.flatten())
