"""The null token keeps a score of its own, and the softmax is written with the largest score subtracted."""

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
        shape = (self.heads, self.head_dim)
        text = self.text_norm(text)
        q = self.q_proj(image.movedim(1, -1)).unflatten(-1, shape) / self.head_dim**0.5  # (B, H, W, N, E)
        k = self.k_proj(text).unflatten(-1, shape)
        v = self.v_proj(text).unflatten(-1, shape)
        hidden = ~text_mask[:, None, None, None, :]
        scores = torch.einsum("bhwne,blne->bhwnl", q, k).masked_fill(hidden, float("-inf"))
        null_score = torch.einsum("bhwne,ne->bhwn", q, self.null_key.view(shape)).unsqueeze(-1)
        largest = torch.maximum(scores.amax(-1, keepdim=True), null_score).detach()
        weights = torch.exp(scores - largest)
        null_weight = torch.exp(null_score - largest)
        total = weights.sum(-1, keepdim=True) + null_weight
        mixed = torch.einsum("bhwnl,blne->bhwne", weights, v) + null_weight * self.null_value.view(shape)
        return image + self.out_proj((mixed / total).flatten(-2)).movedim(-1, 1)
