"""A single layer of self-attention over the tokens of an image.

Source: Dosovitskiy et al. 2021 (ViT), appendix A. https://arxiv.org/abs/2010.11929
Shapes: B batch, N tokens, I input width, C hidden width, O output width.
"""

import math

import torch
from torch import nn


class SimpleTransformer(nn.Module):
    """Projects the tokens, lets each look at all of them (one head, with a residual), and projects again.

    The layers are attributes of the module, all with bias:
        input_proj                Linear(I, C)
        q_proj, k_proj, v_proj    Linear(C, C)
        output_proj               Linear(C, O)
    """

    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        """Make the layers: I = input_dim, C = hidden_dim, O = output_dim."""
        super().__init__()
        self.input_proj = nn.Linear(input_dim, hidden_dim)
        self.q_proj = nn.Linear(hidden_dim, hidden_dim)
        self.k_proj = nn.Linear(hidden_dim, hidden_dim)
        self.v_proj = nn.Linear(hidden_dim, hidden_dim)
        self.output_proj = nn.Linear(hidden_dim, output_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Let every token of an image look at all tokens of this image.

        tokens: (B, N, I), of the parameters' dtype; they are not modified.
        Returns (B, N, O) in the dtype and on the device of the tokens.
        """
        h = self.input_proj(tokens)  # (B, N, C)
        q, k, v = self.q_proj(h), self.k_proj(h), self.v_proj(h)
        scores = q @ k.transpose(-2, -1) / math.sqrt(h.shape[-1])  # (B, N, N)
        return self.output_proj(h + scores.softmax(dim=-1) @ v)  # (B, N, O)
