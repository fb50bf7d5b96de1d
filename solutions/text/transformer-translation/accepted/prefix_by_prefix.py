"""One prefix of the target after the other, so that no causal mask is needed; losses token by token."""

import math

import torch
from torch import nn


class TranslationModel(nn.Module):
    def __init__(self, source_vocab, target_vocab, width, max_length):
        super().__init__()
        self.width = width
        self.position_embedding = nn.Embedding(max_length, width)
        settings = {
            "nhead": 2,
            "dim_feedforward": 4 * width,
            "dropout": 0.0,
            "activation": torch.relu,
            "batch_first": True,
        }
        self.source_embedding = nn.Embedding(source_vocab, width)
        self.encoder = nn.TransformerEncoderLayer(d_model=width, **settings)
        self.target_embedding = nn.Embedding(target_vocab, width)
        self.decoder = nn.TransformerDecoderLayer(d_model=width, **settings)
        self.head = nn.Linear(width, target_vocab)

    def forward(self, source, target):
        padding = source.eq(0)
        memory = self.encoder(self.embed(self.source_embedding, source), src_key_padding_mask=padding)
        embedded = self.embed(self.target_embedding, target)
        last = [
            self.decoder(embedded[:, : t + 1], memory, memory_key_padding_mask=padding)[:, -1]
            for t in range(target.shape[1])
        ]
        return self.head(torch.stack(last, dim=1))

    def embed(self, embedding, tokens):
        x = embedding(tokens) * math.sqrt(self.width)
        places = torch.ones_like(tokens).cumsum(dim=1) - 1
        return x + self.position_embedding(places)


def translation_loss(model, source, target, smoothing):
    logits = model(source, target[:, :-1])
    losses = []
    for scores, labels in zip(logits, target[:, 1:].tolist(), strict=True):
        for score, label in zip(scores, labels, strict=True):
            if label != 0:
                log_p = score - score.logsumexp(dim=0)
                losses.append(-(1 - smoothing) * log_p[label] - smoothing * log_p.mean())
    return torch.stack(losses).mean()
