"""Sets the padded inputs to zero, but the state goes on changing through them."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        valid = torch.arange(x.shape[1], device=x.device) < lengths[:, None]  # (B, T)
        _, h_n = self.rnn(x * valid[:, :, None])
        return self.fc(h_n[-1])
