"""One image and one token at a time."""

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

    def attend(self, h: torch.Tensor) -> torch.Tensor:
        keys, values = self.k_proj(h), self.v_proj(h)
        rows = []
        for token in h:
            scores = (keys * self.q_proj(token)).sum(dim=1) / math.sqrt(token.numel())
            weights = torch.exp(scores - scores.logsumexp(dim=0))
            rows.append(token + (weights[:, None] * values).sum(dim=0))
        return torch.stack(rows)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return torch.stack([self.output_proj(self.attend(self.input_proj(image))) for image in tokens])
