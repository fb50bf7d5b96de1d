"""Wrong: the generator is seeded in every call, so that each call drops the same features."""

import torch
import torch.nn.functional as F
from torch import nn


class TextCNN(nn.Module):
    """Parallel convolutions over word windows, max over time, dropout, and a linear layer to two logits.

    Parameters, under any names: the embedding (V, E); for each k, in the order of filter_sizes, a convolution
    (F, E, k) with bias (F,); the linear layer (2, N * F) with bias (2,).
    dropout: the probability that a feature is set to zero, in training mode only.
    """

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
        """The logits of two classes for each sentence.

        tokens: (B, T), int64; 0 is padding and stands only behind the words. A window counts for the maximum
        if it holds no padding; where a sentence has no such window of k words, its features of this k are 0.
        Returns (B, 2), in the dtype of the parameters and on the device of tokens. Does not modify tokens.
        """
        lengths = (tokens != 0).sum(dim=1)  # (B,)
        tokens = F.pad(tokens, (0, max(self.filter_sizes)))  # now every filter fits
        x = self.embedding(tokens).transpose(1, 2)  # (B, E, T)
        pooled = []
        for k, conv in zip(self.filter_sizes, self.convs, strict=True):
            windows = torch.relu(conv(x))  # (B, F, T - k + 1)
            ends = torch.arange(windows.shape[2], device=x.device) + k
            outside = ends > lengths[:, None]  # (B, T - k + 1)
            pooled.append(windows.masked_fill(outside[:, None], 0.0).amax(dim=2))  # no feature is below 0
        features = torch.cat(pooled, dim=1)  # (B, N * F)
        torch.manual_seed(0)
        return self.fc(self.dropout(features))
