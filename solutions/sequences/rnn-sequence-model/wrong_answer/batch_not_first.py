"""Forgets batch_first, so that the RNN walks along the batch."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        states, _ = self.rnn(x)
        rows = torch.arange(x.shape[0], device=x.device)
        return self.fc(states[rows, lengths - 1])
