"""Each recording by itself, so that there is no padding at all."""

from itertools import groupby

import torch
from torch import nn


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc = nn.Linear(2 * hidden_dim, output_dim)
        self.rnn = nn.LSTM(input_dim, hidden_dim, bidirectional=True)

    def forward(self, features, lengths):
        rows = []
        for recording, length in zip(features, lengths.tolist(), strict=True):
            states, _ = self.rnn(recording[:length])
            silence = states.new_zeros(len(recording) - length, states.shape[1])
            rows.append(torch.cat([states, silence]))
        scores = self.fc(torch.stack(rows))
        return scores - scores.logsumexp(dim=2, keepdim=True)


def ctc_loss(log_probs, lengths, targets, target_lengths):
    criterion = nn.CTCLoss(reduction="sum", zero_infinity=True)
    total = 0
    for row, length, labels, count in zip(log_probs, lengths, targets, target_lengths, strict=True):
        total = total + criterion(row[:length].unsqueeze(1), labels[None, :count], length[None], count[None])
    return total / len(log_probs)


def greedy_decode(log_probs, lengths):
    paths = [row[:length].max(dim=1).indices.tolist() for row, length in zip(log_probs, lengths, strict=True)]
    return [[label for label, _ in groupby(path) if label != 0] for path in paths]
