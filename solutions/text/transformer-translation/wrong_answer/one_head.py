"""Makes the layers with one head."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class TranslationModel(nn.Module):
    def __init__(self, source_vocab, target_vocab, width, max_length):
        super().__init__()
        self.source_embedding = nn.Embedding(source_vocab, width)
        self.target_embedding = nn.Embedding(target_vocab, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.encoder = nn.TransformerEncoderLayer(width, 1, 4 * width, dropout=0.0, batch_first=True)
        self.decoder = nn.TransformerDecoderLayer(width, 1, 4 * width, dropout=0.0, batch_first=True)
        self.head = nn.Linear(width, target_vocab)

    def forward(self, source, target):
        T = target.shape[1]
        padding = source == 0
        future = torch.ones(T, T, dtype=torch.bool, device=target.device).triu(1)
        memory = self.encoder(self.embed(self.source_embedding, source), src_key_padding_mask=padding)
        states = self.decoder(
            self.embed(self.target_embedding, target),
            memory,
            tgt_mask=future,
            memory_key_padding_mask=padding,
        )
        return self.head(states)

    def embed(self, embedding, tokens):
        x = embedding(tokens)
        T, C = x.shape[1:]
        positions = self.position_embedding(torch.arange(T, device=x.device))
        return x * math.sqrt(C) + positions


def translation_loss(model, source, target, smoothing):
    logits = model(source, target[:, :-1])
    labels = target[:, 1:]
    return F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=0, label_smoothing=smoothing)
