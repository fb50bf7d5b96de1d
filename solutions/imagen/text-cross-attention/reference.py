"""Cross-attention from the positions of an image to the tokens of its text, with a null token.

Source: Saharia et al. 2022 (Imagen), sections 2.2 and 2.5, https://arxiv.org/abs/2205.11487, and Vaswani et al. 2017,
    section 3.2, https://arxiv.org/abs/1706.03762
Shapes: B images, C channels, H height, W width, L text tokens, D width of the text, N heads, E width of a head.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


class TextCrossAttention(nn.Module):
    """Lets each position of an image attend to the tokens of its text and to a learned null token.

    Layers and parameters, attributes of the module itself:
        text_norm               LayerNorm(D)
        q_proj                  Linear(C, N * E)
        k_proj, v_proj          Linear(D, N * E)
        null_key, null_value    Parameter (N * E), not normalized and not projected
        out_proj                Linear(N * E, C)
    """

    def __init__(self, image_dim: int, text_dim: int, width: int, heads: int) -> None:
        """Make the layers: C = image_dim, D = text_dim, N * E = width, N = heads."""
        super().__init__()
        self.head_dim = width // heads
        self.text_norm = nn.LayerNorm(text_dim)
        self.q_proj = nn.Linear(image_dim, width)
        self.k_proj = nn.Linear(text_dim, width)
        self.v_proj = nn.Linear(text_dim, width)
        self.null_key = nn.Parameter(torch.randn(width))
        self.null_value = nn.Parameter(torch.randn(width))
        self.out_proj = nn.Linear(width, image_dim)

    def forward(self, image: torch.Tensor, text: torch.Tensor, text_mask: torch.Tensor) -> torch.Tensor:
        """Add to each position what it attends to.

        image: (B, C, H, W), text: (B, L, D), both of the parameters' floating dtype.
        text_mask: (B, L) bool, true where there is a real token; a row may be false everywhere.
        Returns (B, C, H, W) in the dtype and on the device of the image. Modifies none of the inputs.
        """
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
