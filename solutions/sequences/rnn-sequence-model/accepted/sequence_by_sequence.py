"""Cuts the padding off each sequence and runs them one at a time."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        last = [self.rnn(row[:n])[1][0] for row, n in zip(x, lengths.tolist(), strict=True)]
        return self.fc(torch.stack(last))
