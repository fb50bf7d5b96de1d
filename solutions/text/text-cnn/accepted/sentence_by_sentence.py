"""Cuts the padding off each sentence and convolves it alone; a filter that does not fit gives zeros."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.fc = nn.Linear(num_filters * len(filter_sizes), 2)
        for k in filter_sizes:
            self.add_module(f"conv{k}", nn.Conv1d(embedding_dim, num_filters, k))
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.filter_sizes = filter_sizes
        self.p = dropout

    def forward(self, tokens):
        features = torch.stack([self.features(row[row != 0]) for row in tokens])
        return self.fc(F.dropout(features, self.p, self.training))

    def features(self, words):
        x = self.embedding(words).T  # (E, n)
        pooled = []
        for k in self.filter_sizes:
            conv = self.get_submodule(f"conv{k}")
            if x.shape[1] >= k:
                pooled.append(conv(x).max(dim=1).values.relu())
            else:
                pooled.append(x.new_zeros(conv.out_channels))
        return torch.cat(pooled)
