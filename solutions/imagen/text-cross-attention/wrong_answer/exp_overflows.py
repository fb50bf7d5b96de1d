"""Writes the softmax as exponentials over their sum, which overflow for large scores."""

import math

import torch
from torch import nn


class TextCrossAttention(nn.Module):
    def __init__(self, image_dim, text_dim, width, heads):
        super().__init__()
        self.heads = heads
        self.head_dim = width // heads
        self.text_norm = nn.LayerNorm(text_dim)
        self.q_proj = nn.Linear(image_dim, width)
        self.k_proj = nn.Linear(text_dim, width)
        self.v_proj = nn.Linear(text_dim, width)
        self.null_key = nn.Parameter(torch.zeros(width))
        self.null_value = nn.Parameter(torch.zeros(width))
        self.out_proj = nn.Linear(width, image_dim)

    def forward(self, image, text, text_mask):
        B, C, H, W = image.shape
        N, E = self.heads, self.head_dim
        x = image.reshape(B, C, H * W).transpose(1, 2)
        text = self.text_norm(text)
        q = self.q_proj(x)
        k = torch.cat([self.null_key.expand(B, 1, -1), self.k_proj(text)], dim=1)
        v = torch.cat([self.null_value.expand(B, 1, -1), self.v_proj(text)], dim=1)
        q = q.reshape(B, H * W, N, E).transpose(1, 2)
        k = k.reshape(B, -1, N, E).transpose(1, 2)
        v = v.reshape(B, -1, N, E).transpose(1, 2)
        null_mask = torch.ones(B, 1, dtype=torch.bool, device=text_mask.device)
        mask = torch.cat([null_mask, text_mask], dim=1)
        scores = q @ k.transpose(-2, -1) / math.sqrt(E)
        scores = scores.masked_fill(~mask[:, None, None, :], -math.inf)
        weights = scores.exp() / scores.exp().sum(dim=-1, keepdim=True)
        out = (weights @ v).transpose(1, 2).reshape(B, H * W, N * E)
        out = self.out_proj(out).transpose(1, 2).reshape(B, C, H, W)
        return image + out
