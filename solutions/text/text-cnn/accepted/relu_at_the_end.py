"""Puts the windows that do not count out of the race with minus infinity, applies ReLU last; pads only where needed."""

import torch
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in filter_sizes])
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(num_filters * len(filter_sizes), 2)
        self.filter_sizes = filter_sizes

    def forward(self, tokens):
        lengths = (tokens != 0).sum(dim=1)
        missing = max(self.filter_sizes) - tokens.shape[1]
        if missing > 0:
            tokens = torch.cat([tokens, tokens.new_zeros(tokens.shape[0], missing)], dim=1)
        x = self.embedding(tokens).transpose(1, 2)  # (B, E, T)
        pooled = []
        for k, conv in zip(self.filter_sizes, self.convs, strict=True):
            windows = conv(x)  # (B, F, L)
            starts = torch.arange(windows.shape[2], device=x.device)
            counts = starts + k <= lengths[:, None]  # (B, L)
            pooled.append(windows.masked_fill(~counts[:, None], -torch.inf).max(dim=2).values)
        features = torch.cat(pooled, dim=1).relu()  # where no window counts, 0
        return self.fc(self.dropout(features))
