"""A Transformer encoder and decoder for translation, and the label-smoothed loss of teacher forcing.

Source: Vaswani et al. 2017, sections 3.1 to 3.5 and 5.4, https://arxiv.org/abs/1706.03762, and Szegedy et al. 2016,
    section 7, https://arxiv.org/abs/1512.00567
Shapes: B sentences, S source tokens, T target tokens, U source vocabulary, V target vocabulary, C width, M longest row.
Tokens: 0 is padding, only at the end of a row; 1 begins a sentence, 2 ends it.
"""

import torch
from torch import nn


class TranslationModel(nn.Module):
    """One encoder layer, one decoder layer and a head over the target vocabulary.

    Layers, attributes of the model itself; two heads, feed-forward width 4 * C, ReLU, post-norm, no dropout:
        source_embedding    Embedding(U, C)
        target_embedding    Embedding(V, C)
        position_embedding  Embedding(M, C), for both sides
        encoder             TransformerEncoderLayer
        decoder             TransformerDecoderLayer
        head                Linear(C, V)
    """

    def __init__(self, source_vocab: int, target_vocab: int, width: int, max_length: int) -> None:
        """Make the layers: U = source_vocab, V = target_vocab, C = width (even), M = max_length."""
        raise NotImplementedError

    def forward(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """Score the target token that follows each position, from the source and the target tokens up to it.

        source: (B, S) int64 in [0, U), target: (B, T) int64 in [0, V); each row has at least one real token.
        Returns (B, T, V) logits in the dtype of the parameters. Modifies neither input.
        """
        raise NotImplementedError


def translation_loss(model: nn.Module, source: torch.Tensor, target: torch.Tensor, smoothing: float) -> torch.Tensor:
    """The label-smoothed cross-entropy of the next token, with teacher forcing.

    model: any module that maps (source, target) to logits, as TranslationModel does. Gradients flow to it.
    source: (B, S) int64. target: (B, T + 1) int64, whole sentences: 1, the tokens, 2, padding.
    smoothing: share of the probability that is spread evenly over all V classes.
    Returns the mean over the positions whose true next token is no padding: a tensor without axes. Modifies
    neither source nor target.
    """
    raise NotImplementedError
