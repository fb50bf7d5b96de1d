"""Queries, keys and values come from one product; batched multiplication does the rest."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class SimpleTransformer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.hidden_dim = hidden_dim
        self.input_proj = nn.Linear(input_dim, hidden_dim)
        self.q_proj = nn.Linear(hidden_dim, hidden_dim)
        self.k_proj = nn.Linear(hidden_dim, hidden_dim)
        self.v_proj = nn.Linear(hidden_dim, hidden_dim)
        self.output_proj = nn.Linear(hidden_dim, output_dim)

    def forward(self, tokens):
        h = self.input_proj(tokens)
        layers = [self.q_proj, self.k_proj, self.v_proj]
        weight = torch.cat([layer.weight for layer in layers])
        bias = torch.cat([layer.bias for layer in layers])
        q, k, v = F.linear(h, weight, bias).chunk(3, dim=-1)
        scores = torch.bmm(q, k.permute(0, 2, 1)) * self.hidden_dim**-0.5
        return self.output_proj(torch.baddbmm(h, F.softmax(scores, dim=2), v))
