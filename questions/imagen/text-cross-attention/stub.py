"""Cross-attention from the positions of an image to the tokens of its text, with a null token.

Source: Saharia et al. 2022 (Imagen), sections 2.2 and 2.5, https://arxiv.org/abs/2205.11487, and Vaswani et al. 2017,
    section 3.2, https://arxiv.org/abs/1706.03762
Shapes: B images, C channels, H height, W width, L text tokens, D width of the text, N heads, E width of a head.
"""

import torch
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
        raise NotImplementedError

    def forward(self, image: torch.Tensor, text: torch.Tensor, text_mask: torch.Tensor) -> torch.Tensor:
        """Add to each position what it attends to.

        image: (B, C, H, W), text: (B, L, D), both of the parameters' floating dtype.
        text_mask: (B, L) bool, true where there is a real token; a row may be false everywhere.
        Returns (B, C, H, W) in the dtype and on the device of the image. Modifies none of the inputs.
        """
        raise NotImplementedError
