"""The fused attention of torch, with a mask of zeros and minus infinities; the null token comes last."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCrossAttention(nn.Module):
    def __init__(self, image_dim, text_dim, width, heads):
        super().__init__()
        self.heads = heads
        self.text_norm = nn.LayerNorm(text_dim)
        self.q_proj = nn.Linear(image_dim, width)
        self.k_proj = nn.Linear(text_dim, width)
        self.v_proj = nn.Linear(text_dim, width)
        self.null_key = nn.Parameter(torch.zeros(width))
        self.null_value = nn.Parameter(torch.zeros(width))
        self.out_proj = nn.Linear(width, image_dim)

    def forward(self, image, text, text_mask):
        B, _, H, W = image.shape
        text = self.text_norm(text)
        q = self.q_proj(image.permute(0, 2, 3, 1)).view(B, H * W, self.heads, -1)
        k = torch.cat([self.k_proj(text), self.null_key.repeat(B, 1, 1)], 1).view(B, -1, self.heads, q.shape[-1])
        v = torch.cat([self.v_proj(text), self.null_value.repeat(B, 1, 1)], 1).view_as(k)
        bias = image.new_zeros(B, k.shape[1])
        bias[:, :-1].masked_fill_(text_mask.logical_not(), float("-inf"))
        out = F.scaled_dot_product_attention(
            q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), attn_mask=bias.view(B, 1, 1, -1)
        )
        out = out.permute(0, 2, 1, 3).reshape(B, H, W, -1)
        return self.out_proj(out).permute(0, 3, 1, 2) + image
