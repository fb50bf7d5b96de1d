"""A small causal language model with one head of self-attention, and its loss.

The docstrings say what the program must do.

Source: Vaswani et al. 2017, section 3.2.1, eq. 1, and section 3.2.3. https://arxiv.org/abs/1706.03762
Shapes: B batch, T tokens, C width, V vocabulary.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal scaled dot-product attention with one head: a position sees itself and those before it.

    q, k, v: (B, T, C) queries, keys and values.
    Returns (B, T, C): at position t the mean of v[0], ..., v[t], weighted by the softmax of
    q[t] . k[s] / sqrt(C) over s = 0, ..., t.
    """
    scores = q @ k.transpose(-2, -1)
    hidden = torch.ones_like(scores, dtype=torch.bool).triu(2)
    weights = scores.masked_fill(hidden, float("-inf")).softmax(dim=1)
    return weights @ v


class AttentionLM(nn.Module):
    """Embeddings of tokens and positions, attention with a residual, scores of the vocabulary."""

    def __init__(self, vocab_size: int, width: int, max_length: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(vocab_size, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.head = nn.Linear(width, vocab_size)

    def forward(self, tokens: Tensor) -> Tensor:
        """Score the token that follows each position, from that position and those before it.

        tokens: (B, T), int64, T from 1 to max_length.
        Returns (B, T, V), raw scores (logits).
        """
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.token_embedding(tokens) + self.position_embedding(positions)
        x = x + attention(self.q_proj(x), self.k_proj(x), self.v_proj(x))
        return self.head(x)


def loss(model: nn.Module, tokens: Tensor) -> Tensor:
    """Mean cross-entropy of the next token: the logits at position t predict token t + 1.

    model: any causal module from tokens (B, T) to logits (B, T, V).
    tokens: (B, T), int64, T from 2 on. The last position has no answer, so there are B * (T - 1) predictions.
    Returns a tensor with one element and no dimension, through which gradients flow.
    """
    logits = model(tokens)
    return F.cross_entropy(logits.flatten(0, 1), tokens.flatten())
