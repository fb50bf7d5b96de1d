"""Keeps the state of a finished row by a mask of float32, which raises the dtype of the state."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.cell = nn.RNNCell(input_dim, hidden_dim)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        h = x.new_zeros(x.shape[0], self.cell.hidden_size)
        for t in range(x.shape[1]):
            valid = (t < lengths).float()[:, None]
            h = valid * self.cell(x[:, t], h) + (1 - valid) * h
        return self.fc(h)
