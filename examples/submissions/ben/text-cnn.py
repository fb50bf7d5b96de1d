import torch
import torch.nn as nn
import torch.nn.functional as F


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.convs = nn.ModuleList([nn.Conv1d(embedding_dim, num_filters, fs) for fs in filter_sizes])
        self.fc = nn.Linear(len(filter_sizes) * num_filters, 2)
        self.p = dropout

    def forward(self, tokens):
        embedded = self.embedding(tokens).permute(0, 2, 1)
        pooled = [F.relu(conv(embedded)).max(dim=2).values for conv in self.convs]
        features = torch.cat(pooled, dim=1)
        return self.fc(F.dropout(features, self.p))
