"""Positions and mask kept in buffers, einsum for the heads, draws by the Gumbel maximum."""

import math

import torch
from torch import nn

LONGEST = 512


def sinusoidal_table(length: int, width: int) -> torch.Tensor:
    table = torch.zeros(length, width)
    position = torch.arange(length).unsqueeze(1)
    frequency = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    table[:, 0::2] = torch.sin(position * frequency)
    table[:, 1::2] = torch.cos(position * frequency)
    return table


class TransformerModel(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.width = hidden_dim
        self.token_embedding = nn.Embedding(input_dim, hidden_dim)
        self.register_buffer("table", sinusoidal_table(LONGEST, hidden_dim))
        self.register_buffer("visible", torch.tril(torch.ones(LONGEST, LONGEST)).bool(), persistent=False)
        self.q_proj = nn.Linear(hidden_dim, hidden_dim)
        self.k_proj = nn.Linear(hidden_dim, hidden_dim)
        self.v_proj = nn.Linear(hidden_dim, hidden_dim)
        self.out_proj = nn.Linear(hidden_dim, hidden_dim)
        self.attention_norm = nn.LayerNorm(hidden_dim)
        self.mlp_norm = nn.LayerNorm(hidden_dim)
        self.final_norm = nn.LayerNorm(hidden_dim)
        self.mlp_in = nn.Linear(hidden_dim, hidden_dim * 4)
        self.mlp_out = nn.Linear(hidden_dim * 4, hidden_dim)
        self.activation = nn.GELU()
        self.head = nn.Linear(hidden_dim, output_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        B, T = tokens.shape
        x = self.token_embedding(tokens) * self.width**0.5 + self.table[:T]
        h = self.attention_norm(x)
        q = self.q_proj(h).reshape(B, T, 2, -1)
        k = self.k_proj(h).reshape(B, T, 2, -1)
        v = self.v_proj(h).reshape(B, T, 2, -1)
        scores = torch.einsum("bthd,bshd->bhts", q, k) * (self.width // 2) ** -0.5
        scores = torch.where(self.visible[:T, :T], scores, float("-inf"))
        mixed = torch.einsum("bhts,bshd->bthd", torch.softmax(scores, -1), v)
        x = x + self.out_proj(mixed.reshape(B, T, -1))
        x = x + self.mlp_out(self.activation(self.mlp_in(self.mlp_norm(x))))
        return self.head(self.final_norm(x))


def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    before = model.training
    model.train(False)
    B, T = prompt.shape
    tokens = torch.zeros(B, T + steps, dtype=prompt.dtype, device=prompt.device)
    tokens[:, :T] = prompt
    with torch.inference_mode():
        for t in range(T, T + steps):
            logits = model(tokens[:, :t])[:, t - 1]
            if temperature > 0:
                uniform = torch.rand_like(logits).clamp_min(torch.finfo(logits.dtype).tiny)
                logits = logits / temperature - torch.log(-torch.log(uniform))
            tokens[:, t] = logits.argmax(dim=-1)
    model.train(before)
    return tokens
