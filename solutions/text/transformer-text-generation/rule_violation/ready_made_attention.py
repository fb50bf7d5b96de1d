"""Breaks the rule: uses torch's ready-made multi-head attention, whose packed weights have other names."""

import torch
from torch import nn


class TransformerModel(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(input_dim, hidden_dim)
        self.attention = nn.MultiheadAttention(hidden_dim, 2, batch_first=True)
        self.head = nn.Linear(hidden_dim, output_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        T = tokens.shape[1]
        x = self.token_embedding(tokens)
        future = torch.ones(T, T, dtype=torch.bool, device=tokens.device).triu(1)
        return self.head(x + self.attention(x, x, x, attn_mask=future)[0])


def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    raise NotImplementedError
