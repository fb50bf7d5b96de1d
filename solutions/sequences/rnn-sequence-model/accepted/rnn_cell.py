"""nn.RNNCell step by step; the states are stacked time first, and gather picks the last valid ones."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.cell = nn.RNNCell(input_dim, hidden_dim)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        h = None
        states = []
        for x_t in x.unbind(1):
            h = self.cell(x_t, h)
            states.append(h)
        states = torch.stack(states)  # (T, B, H)
        index = (lengths - 1)[None, :, None].expand(1, -1, states.shape[2])
        return self.fc(states.gather(0, index)[0])
