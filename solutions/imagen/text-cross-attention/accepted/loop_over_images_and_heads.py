"""One image and one head at a time; padding is taken out, not hidden."""

import torch
from torch import nn


class TextCrossAttention(nn.Module):
    def __init__(self, image_dim, text_dim, width, heads):
        super().__init__()
        self.head_dim = width // heads
        self.text_norm = nn.LayerNorm(text_dim)
        self.q_proj = nn.Linear(image_dim, width)
        self.k_proj = nn.Linear(text_dim, width)
        self.v_proj = nn.Linear(text_dim, width)
        self.null_key = nn.Parameter(torch.zeros(width))
        self.null_value = nn.Parameter(torch.zeros(width))
        self.out_proj = nn.Linear(width, image_dim)

    def forward(self, image, text, text_mask):
        return torch.stack([self.one(*each) for each in zip(image, text, text_mask, strict=True)])

    def one(self, image, text, real):
        C, H, W = image.shape
        positions = image.reshape(C, -1).T  # (H * W, C)
        text = self.text_norm(text[real])  # real tokens only
        q = self.q_proj(positions)
        k = torch.vstack([self.null_key, self.k_proj(text)])
        v = torch.vstack([self.null_value, self.v_proj(text)])
        heads = [
            torch.softmax(a @ b.T * self.head_dim**-0.5, 1) @ c
            for a, b, c in zip(*(x.split(self.head_dim, 1) for x in (q, k, v)), strict=True)
        ]
        return image + self.out_proj(torch.hstack(heads)).T.reshape(C, H, W)
