"""Layers with the sequence first, masks of minus infinities, and the smoothed labels written out."""

import torch
import torch.nn.functional as F
from torch import nn


class TranslationModel(nn.Module):
    def __init__(self, source_vocab, target_vocab, width, max_length):
        super().__init__()
        self.head = nn.Linear(width, target_vocab)
        self.decoder = nn.TransformerDecoderLayer(width, nhead=2, dim_feedforward=width * 4, dropout=0)
        self.encoder = nn.TransformerEncoderLayer(width, nhead=2, dim_feedforward=width * 4, dropout=0)
        self.target_embedding = nn.Embedding(target_vocab, width, padding_idx=0)
        self.source_embedding = nn.Embedding(source_vocab, width, padding_idx=0)
        self.position_embedding = nn.Embedding(max_length, width)

    def forward(self, source, target):
        dtype, device = self.head.weight.dtype, source.device
        hidden_source = torch.zeros(source.shape, dtype=dtype, device=device).masked_fill(source == 0, float("-inf"))
        hidden_target = torch.zeros(target.shape, dtype=dtype, device=device).masked_fill(target == 0, float("-inf"))
        causal = nn.Transformer.generate_square_subsequent_mask(target.size(1), device=device, dtype=dtype)
        memory = self.encoder(self.embed(self.source_embedding, source), src_key_padding_mask=hidden_source)
        states = self.decoder(
            self.embed(self.target_embedding, target),
            memory,
            tgt_mask=causal,
            tgt_key_padding_mask=hidden_target,
            memory_key_padding_mask=hidden_source,
        )
        return self.head(states).transpose(0, 1)

    def embed(self, embedding, tokens):
        scaled = embedding(tokens.T) * embedding.embedding_dim**0.5
        return scaled + self.position_embedding.weight[: len(scaled), None]


def translation_loss(model, source, target, smoothing):
    given, labels = target[:, :-1], target[:, 1:]
    log_p = F.log_softmax(model(source, given), dim=-1)
    V = log_p.shape[-1]
    q = (1 - smoothing) * F.one_hot(labels, V) + smoothing / V
    losses = -(q * log_p).sum(-1)
    real = labels.ne(0)
    return (losses * real).sum() / real.sum()
