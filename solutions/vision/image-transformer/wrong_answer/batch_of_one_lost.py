"""The batch axis is squeezed away where there is a single image."""

import math

import torch
from torch import nn


class SimpleTransformer(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.input_proj = nn.Linear(input_dim, hidden_dim)
        self.q_proj = nn.Linear(hidden_dim, hidden_dim)
        self.k_proj = nn.Linear(hidden_dim, hidden_dim)
        self.v_proj = nn.Linear(hidden_dim, hidden_dim)
        self.output_proj = nn.Linear(hidden_dim, output_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        h = self.input_proj(tokens)
        q, k, v = self.q_proj(h), self.k_proj(h), self.v_proj(h)
        scores = q @ k.transpose(-2, -1) / math.sqrt(h.shape[-1])
        return self.output_proj(h + scores.softmax(dim=-1) @ v).squeeze(0)
