"""Bare parameters; windows by unfold, filters by einsum, dropout by hand."""

import torch
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.vectors = nn.Parameter(torch.randn(vocab_size, embedding_dim))
        self.filters = nn.ParameterList([torch.randn(num_filters, embedding_dim, k) for k in filter_sizes])
        self.biases = nn.ParameterList([torch.zeros(num_filters) for _ in filter_sizes])
        self.W = nn.Parameter(torch.randn(2, num_filters * len(filter_sizes)))
        self.b = nn.Parameter(torch.zeros(2))
        self.p = dropout

    def forward(self, tokens):
        B, T = tokens.shape
        features = []
        for weight, bias in zip(self.filters, self.biases, strict=True):
            F, _, k = weight.shape
            if k > T:
                features.append(self.vectors.new_zeros(B, F))
                continue
            windows = tokens.unfold(1, k, 1)  # (B, L, k)
            scores = torch.einsum("blke,fek->blf", self.vectors[windows], weight) + bias
            whole = windows.ne(0).all(dim=2)  # (B, L)
            scores = torch.where(whole[:, :, None], scores, 0)
            features.append(scores.clamp(min=0).amax(dim=1))
        features = torch.cat(features, dim=1)
        if self.training:
            kept = torch.rand_like(features) >= self.p
            features = features * kept / (1 - self.p)
        return features @ self.W.T + self.b
