import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim, filter_sizes, num_filters, dropout):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.convolutions = nn.ModuleList(nn.Conv1d(embedding_dim, num_filters, k) for k in filter_sizes)
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(num_filters * len(filter_sizes), 2)

    def forward(self, tokens):
        x = self.embedding(tokens).transpose(1, 2)
        lengths = (tokens != 0).sum(dim=1)
        features = torch.cat([self._strongest(conv, x, lengths) for conv in self.convolutions], dim=1)
        return self.linear(self.dropout(features))

    @staticmethod
    def _strongest(conv, x, lengths):
        k = conv.kernel_size[0]
        if x.shape[-1] < k:
            x = F.pad(x, (0, k - x.shape[-1]))
        scores = conv(x).relu()
        start = torch.arange(scores.shape[-1], device=scores.device)
        whole = start + k <= lengths[:, None]  # windows that lie within the words
        # After the ReLU nothing is below zero, so a zero never wins against a window.
        return (scores * whole[:, None]).amax(dim=-1)
