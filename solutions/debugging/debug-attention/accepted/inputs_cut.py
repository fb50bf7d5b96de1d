"""The model is given all tokens but the last; a lower triangle says what is seen."""

import math

import torch
from torch import nn


def attention(q, k, v):
    T, C = q.shape[-2:]
    seen = torch.tril(torch.ones(T, T, dtype=torch.bool, device=q.device))
    scores = torch.einsum("btc,bsc->bts", q / math.sqrt(C), k)
    return torch.softmax(torch.where(seen, scores, -torch.inf), dim=2) @ v


class AttentionLM(nn.Module):
    def __init__(self, vocab_size, width, max_length):
        super().__init__()
        self.token_embedding = nn.Embedding(vocab_size, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.head = nn.Linear(width, vocab_size)

    def forward(self, tokens):
        x = self.token_embedding(tokens) + self.position_embedding.weight[: tokens.size(1)]
        return self.head(x + attention(self.q_proj(x), self.k_proj(x), self.v_proj(x)))


criterion = nn.CrossEntropyLoss()


def loss(model, tokens):
    logits = model(tokens[:, :-1])
    return criterion(logits.transpose(1, 2), tokens[:, 1:])
