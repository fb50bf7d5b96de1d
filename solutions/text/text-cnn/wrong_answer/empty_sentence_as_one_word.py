"""Wrong for a row of padding only: its length is set to at least 1, so a filter of one word sees the padding."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(
        self, vocab_size: int, embedding_dim: int, filter_sizes: list[int], num_filters: int, dropout: float
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.convs = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in filter_sizes)
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(num_filters * len(filter_sizes), 2)
        self.filter_sizes = filter_sizes

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        lengths = (tokens != 0).sum(dim=1).clamp(min=1)  # (B,)
        tokens = F.pad(tokens, (0, max(self.filter_sizes)))  # now every filter fits
        x = self.embedding(tokens).transpose(1, 2)  # (B, E, T)
        pooled = []
        for k, conv in zip(self.filter_sizes, self.convs, strict=True):
            windows = torch.relu(conv(x))  # (B, F, T - k + 1)
            ends = torch.arange(windows.shape[2], device=x.device) + k
            outside = ends > lengths[:, None]  # (B, T - k + 1)
            pooled.append(windows.masked_fill(outside[:, None], 0.0).amax(dim=2))  # no feature is below 0
        features = torch.cat(pooled, dim=1)  # (B, N * F)
        return self.fc(self.dropout(features))
