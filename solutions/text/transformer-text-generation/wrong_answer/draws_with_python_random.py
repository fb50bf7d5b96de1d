"""Wrong: draws with Python's own generator, which torch's seed does not reach."""

import math
import random

import torch
import torch.nn.functional as F
from torch import nn

HEADS = 2


def positions(T: int, C: int, like: torch.Tensor) -> torch.Tensor:
    t = torch.arange(T, device=like.device)[:, None]
    even = torch.arange(0, C, 2, device=like.device, dtype=like.dtype)
    angles = t / 10000 ** (even / C)  # (T, C / 2)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


class TransformerModel(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        C = hidden_dim
        self.token_embedding = nn.Embedding(input_dim, C)
        self.attention_norm = nn.LayerNorm(C)
        self.q_proj = nn.Linear(C, C)
        self.k_proj = nn.Linear(C, C)
        self.v_proj = nn.Linear(C, C)
        self.out_proj = nn.Linear(C, C)
        self.mlp_norm = nn.LayerNorm(C)
        self.mlp_in = nn.Linear(C, 4 * C)
        self.mlp_out = nn.Linear(4 * C, C)
        self.final_norm = nn.LayerNorm(C)
        self.head = nn.Linear(C, output_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self.token_embedding(tokens)  # (B, T, C)
        T, C = x.shape[1:]
        x = x * math.sqrt(C) + positions(T, C, x)
        x = x + self.attend(self.attention_norm(x))
        x = x + self.mlp_out(F.gelu(self.mlp_in(self.mlp_norm(x))))
        return self.head(self.final_norm(x))

    def attend(self, x: torch.Tensor) -> torch.Tensor:
        B, T, C = x.shape
        D = C // HEADS
        q, k, v = (
            projection(x).view(B, T, HEADS, D).transpose(1, 2)  # (B, HEADS, T, D)
            for projection in (self.q_proj, self.k_proj, self.v_proj)
        )
        scores = q @ k.transpose(-2, -1) / math.sqrt(D)  # (B, HEADS, T, T)
        future = torch.ones(T, T, dtype=torch.bool, device=x.device).triu(diagonal=1)
        weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(B, T, C)
        return self.out_proj(mixed)


def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    was_training = model.training
    model.eval()
    tokens = prompt
    with torch.no_grad():
        for _ in range(steps):
            logits = model(tokens)[:, -1]  # (B, O)
            if temperature == 0:
                following = logits.argmax(dim=-1, keepdim=True)
            else:
                shares = (logits / temperature).softmax(dim=-1).tolist()
                drawn = [random.choices(range(len(row)), weights=row) for row in shares]
                following = torch.tensor(drawn, device=tokens.device)  # (B, 1)
            tokens = torch.cat([tokens, following], dim=1)
    model.train(was_training)
    return tokens
