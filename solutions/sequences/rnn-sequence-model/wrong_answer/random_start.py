"""Starts from a random hidden state."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        B = x.shape[0]
        h_0 = torch.randn(1, B, self.rnn.hidden_size, dtype=x.dtype, device=x.device)
        states, _ = self.rnn(x, h_0)
        rows = torch.arange(B, device=x.device)
        return self.fc(states[rows, lengths - 1])
