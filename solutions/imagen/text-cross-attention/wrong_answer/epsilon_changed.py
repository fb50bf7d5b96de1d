"""Wrong: the LayerNorm has an epsilon of 1e-6."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class TextCrossAttention(nn.Module):
    def __init__(self, image_dim: int, text_dim: int, width: int, heads: int) -> None:
        super().__init__()
        self.head_dim = width // heads
        self.text_norm = nn.LayerNorm(text_dim, eps=1e-6)
        self.q_proj = nn.Linear(image_dim, width)
        self.k_proj = nn.Linear(text_dim, width)
        self.v_proj = nn.Linear(text_dim, width)
        self.null_key = nn.Parameter(torch.randn(width))
        self.null_value = nn.Parameter(torch.randn(width))
        self.out_proj = nn.Linear(width, image_dim)

    def forward(self, image: torch.Tensor, text: torch.Tensor, text_mask: torch.Tensor) -> torch.Tensor:
        positions = image.flatten(2).mT  # (B, H * W, C)
        text = self.text_norm(text)
        q = self.split(self.q_proj(positions))
        k = self.split(with_null(self.null_key, self.k_proj(text)))
        v = self.split(with_null(self.null_value, self.v_proj(text)))
        visible = F.pad(text_mask, (1, 0), value=True)[:, None, None]  # (B, 1, 1, 1 + L)
        scores = q @ k.mT / math.sqrt(self.head_dim)  # (B, N, H * W, 1 + L)
        weights = scores.masked_fill(~visible, -math.inf).softmax(dim=-1)
        mixed = (weights @ v).transpose(1, 2).flatten(2)  # (B, H * W, N * E)
        return image + self.out_proj(mixed).mT.unflatten(2, image.shape[2:])

    def split(self, x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(2, (-1, self.head_dim)).transpose(1, 2)  # (B, N, tokens, E)


def with_null(null: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
    return torch.cat([null.expand_as(tokens[:, :1]), tokens], dim=1)  # (B, 1 + L, N * E)
