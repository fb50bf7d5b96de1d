import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.out = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        states, _ = self.rnn(x)
        last = (lengths - 1)[:, None, None].expand(-1, 1, states.shape[-1])
        return self.out(torch.gather(states, 1, last)[:, 0])
