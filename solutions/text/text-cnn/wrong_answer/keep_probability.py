"""Takes dropout for the probability to keep a feature."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in filter_sizes])
        self.dropout = nn.Dropout(1 - dropout)
        self.fc = nn.Linear(num_filters * len(filter_sizes), 2)
        self.filter_sizes = filter_sizes

    def forward(self, tokens):
        lengths = (tokens != 0).sum(dim=1)
        tokens = F.pad(tokens, (0, max(self.filter_sizes)))
        x = self.embedding(tokens).transpose(1, 2)  # (B, E, T)
        pooled = []
        for k, conv in zip(self.filter_sizes, self.convs, strict=True):
            windows = torch.relu(conv(x))  # (B, F, L)
            starts = torch.arange(windows.shape[2], device=x.device)
            counts = starts + k <= lengths[:, None]  # (B, L)
            pooled.append((windows * counts[:, None]).amax(dim=2))
        features = torch.cat(pooled, dim=1)
        return self.fc(self.dropout(features))
