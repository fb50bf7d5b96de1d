"""Bare parameters, inputs projected at once, the output of all steps, and a one-hot sum over time."""

import torch
from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.b_o = nn.Parameter(torch.zeros(output_dim))
        self.b_h = nn.Parameter(torch.zeros(hidden_dim))
        self.b_x = nn.Parameter(torch.zeros(hidden_dim))
        self.W_o = nn.Parameter(torch.randn(output_dim, hidden_dim) / hidden_dim**0.5)
        self.W_h = nn.Parameter(torch.randn(hidden_dim, hidden_dim) / hidden_dim**0.5)
        self.W_x = nn.Parameter(torch.randn(hidden_dim, input_dim) / hidden_dim**0.5)

    def forward(self, x, lengths):
        B, T, _ = x.shape
        projected = torch.einsum("bti,hi->bth", x, self.W_x) + self.b_x + self.b_h
        h = torch.zeros(B, self.b_h.shape[0], dtype=x.dtype, device=x.device)
        states = []
        for t in range(T):
            h = torch.tanh(projected[:, t] + h @ self.W_h.T)
            states.append(h)
        y = torch.stack(states, dim=1) @ self.W_o.T + self.b_o  # (B, T, O)
        last = torch.arange(T, device=x.device) == (lengths - 1)[:, None]  # (B, T)
        return torch.einsum("bto,bt->bo", y, last.to(y.dtype))
