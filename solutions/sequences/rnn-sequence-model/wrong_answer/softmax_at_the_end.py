"""Applies a softmax to the output layer's result."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        states, _ = self.rnn(x)
        rows = torch.arange(x.shape[0], device=x.device)
        return self.fc(states[rows, lengths - 1]).softmax(dim=-1)
