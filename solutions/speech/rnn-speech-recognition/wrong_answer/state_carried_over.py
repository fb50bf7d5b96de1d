"""Wrong: each call begins with the state in which the last one ended."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

BLANK = 0


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.rnn = nn.LSTM(input_dim, hidden_dim, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden_dim, output_dim)

    def forward(self, features: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        T = features.shape[1]
        packed = pack_padded_sequence(features, lengths.cpu(), batch_first=True, enforce_sorted=False)
        packed_states, self.state = self.rnn(packed, getattr(self, "state", None))
        states, _ = pad_packed_sequence(packed_states, batch_first=True, total_length=T)  # (B, T, 2 * H)
        return self.fc(states).log_softmax(dim=-1)


def ctc_loss(
    log_probs: torch.Tensor, lengths: torch.Tensor, targets: torch.Tensor, target_lengths: torch.Tensor
) -> torch.Tensor:
    time_first = log_probs.transpose(0, 1)  # (T, B, V)
    losses = F.ctc_loss(time_first, targets, lengths, target_lengths, blank=BLANK, reduction="none", zero_infinity=True)
    return losses.mean()


def greedy_decode(log_probs: torch.Tensor, lengths: torch.Tensor) -> list[list[int]]:
    labels = []
    for path, length in zip(log_probs.argmax(dim=-1), lengths, strict=True):
        merged = path[:length].unique_consecutive()
        labels.append(merged[merged != BLANK].tolist())
    return labels
