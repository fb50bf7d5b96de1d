"""Two-dimensional convolution over (step, channel) with the weights turned; max_pool1d after masking."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=0)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, k) for k in filter_sizes])
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(num_filters * len(filter_sizes), 2))

    def forward(self, tokens):
        longest = max(conv.kernel_size[0] for conv in self.convs)
        tokens = F.pad(tokens, (0, longest - 1))
        words = tokens.ne(0)
        image = self.embedding(tokens).unsqueeze(1)  # (B, 1, T, E)
        features = []
        for conv in self.convs:
            k = conv.kernel_size[0]
            weight = conv.weight.transpose(1, 2).unsqueeze(1)  # (F, 1, k, E)
            scores = F.conv2d(image, weight, conv.bias).squeeze(3).relu()  # (B, F, L)
            whole = words.unfold(1, k, 1).all(dim=2)  # (B, L)
            scores = scores * whole.unsqueeze(1)
            features.append(F.max_pool1d(scores, scores.size(2)).squeeze(2))
        return self.head(torch.cat(features, dim=1))
