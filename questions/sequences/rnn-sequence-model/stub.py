"""RNN over padded sequences.

Source: Elman 1990, Finding Structure in Time. https://doi.org/10.1207/s15516709cog1402_1
Shapes: B batch, T steps, I input_dim, H hidden_dim, O output_dim.
"""

import torch
from torch import nn


class RNNModel(nn.Module):
    """One tanh RNN layer whose last valid hidden state goes through a linear layer.

    Parameters, under any names: (H, I), (H, H), two of (H,), (O, H) and (O,).
    """

    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """The output for the last valid step of each sequence.

        x: (B, T, I), any floating dtype; what stands behind a row's length is padding and must not matter.
        lengths: (B,), int64, on the device of x; each between 1 and T, unsorted.
        Returns (B, O), in the dtype and on the device of x. Modifies neither input.
        """
        raise NotImplementedError
