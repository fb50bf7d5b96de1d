"""Speech recognition: a bidirectional LSTM, the CTC loss and greedy decoding.

Source: Graves et al. 2006, sections 3 and 4, https://doi.org/10.1145/1143844.1143891, and Hannun et al. 2014 (Deep
    Speech), section 2, https://arxiv.org/abs/1412.5567
Shapes: B recordings, T frames, I features of a frame, H width of a state, V classes, S longest transcript. Class 0 of V
    is the blank.
"""

import torch
from torch import nn


class SpeechRecognizer(nn.Module):
    """One bidirectional LSTM layer over the valid frames, and log-probabilities of the classes.

    Layers, attributes of the module itself:
        rnn     LSTM(I, H), bidirectional
        fc      Linear(2 * H, V)
    """

    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        """Make the layers: I = input_dim, H = hidden_dim, V = output_dim."""
        raise NotImplementedError

    def forward(self, features: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """The log-probabilities of each frame.

        features: (B, T, I), float32 or float64 as the parameters; what stands behind a row's length must not matter.
        lengths: (B,) int64, on the device of the features; each between 1 and T, unsorted.
        Returns (B, T, V) in the dtype and on the device of the features. Where a row is padding, the states count as
        zeros. Modifies neither input.
        """
        raise NotImplementedError


def ctc_loss(
    log_probs: torch.Tensor, lengths: torch.Tensor, targets: torch.Tensor, target_lengths: torch.Tensor
) -> torch.Tensor:
    """The mean over the rows of -ln p(transcript), each summed over all its paths; gradients flow to log_probs.

    log_probs: (B, T, V), float32 or float64, normalized over the classes.
    lengths: (B,) int64, valid frames, each between 1 and T.
    targets: (B, S) int64, labels; what stands behind a transcript's length is padding, of any class.
    target_lengths: (B,) int64, each between 0 and S.
    Returns a tensor without axes. A row that has too few frames for its transcript counts as 0, in its gradient too.
    Modifies none of the inputs.
    """
    raise NotImplementedError


def greedy_decode(log_probs: torch.Tensor, lengths: torch.Tensor) -> list[list[int]]:
    """The labels on the most probable path of each row: runs of equal classes merged, then blanks removed.

    log_probs: (B, T, V) floating; of equally probable classes the smallest index counts.
    lengths: (B,) int64, valid frames, each between 1 and T.
    Returns B lists of labels. Modifies neither input.
    """
    raise NotImplementedError
