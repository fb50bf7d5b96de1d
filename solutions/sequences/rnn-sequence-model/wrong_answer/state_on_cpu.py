"""Makes the initial state on the CPU, wherever the input is."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        h_0 = torch.zeros(1, x.shape[0], self.rnn.hidden_size, dtype=x.dtype)
        states, _ = self.rnn(x, h_0)
        rows = torch.arange(x.shape[0], device=x.device)
        return self.fc(states[rows, lengths - 1])
