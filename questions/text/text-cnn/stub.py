"""Convolutional network for text classification.

Source: Kim 2014, section 2. https://arxiv.org/abs/1408.5882
Shapes: B sentences, T steps, V vocab_size, E embedding_dim, F num_filters,
N len(filter_sizes), k a filter size.
"""

import torch
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
        raise NotImplementedError

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """The logits of two classes for each sentence.

        tokens: (B, T), int64; 0 is padding and stands only behind the words. A window counts for the maximum
        if it holds no padding; where a sentence has no such window of k words, its features of this k are 0.
        Returns (B, 2), in the dtype of the parameters and on the device of tokens. Does not modify tokens.
        """
        raise NotImplementedError
