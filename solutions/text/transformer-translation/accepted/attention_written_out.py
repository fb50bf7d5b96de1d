"""Only the weights of the layers are used; the loss sees the whole target and drops its last row."""

import torch
import torch.nn.functional as F
from torch import nn


class TranslationModel(nn.Module):
    def __init__(self, source_vocab, target_vocab, width, max_length):
        super().__init__()
        self.source_embedding = nn.Embedding(source_vocab, width)
        self.target_embedding = nn.Embedding(target_vocab, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.encoder = nn.TransformerEncoderLayer(width, 2, 4 * width, dropout=0.0, batch_first=True)
        self.decoder = nn.TransformerDecoderLayer(width, 2, 4 * width, dropout=0.0, batch_first=True)
        self.head = nn.Linear(width, target_vocab)

    def forward(self, source, target):
        real = (source != 0)[:, None, None, :]  # true where visible
        past = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool, device=target.device).tril()
        e, d = self.encoder, self.decoder
        x = self.embed(self.source_embedding, source)
        x = e.norm1(x + attend(e.self_attn, x, x, real))
        x = e.norm2(x + e.linear2(e.linear1(x).relu()))
        y = self.embed(self.target_embedding, target)
        y = d.norm1(y + attend(d.self_attn, y, y, past))
        y = d.norm2(y + attend(d.multihead_attn, y, x, real))
        y = d.norm3(y + d.linear2(d.linear1(y).relu()))
        return self.head(y)

    def embed(self, embedding, tokens):
        _, T = tokens.shape
        scale = embedding.weight.shape[1] ** 0.5
        return F.embedding(tokens, embedding.weight * scale) + self.position_embedding.weight.narrow(0, 0, T)


def attend(weights, x, memory, visible):
    B, T, C = x.shape
    matrices = weights.in_proj_weight.chunk(3)
    biases = weights.in_proj_bias.chunk(3)
    q, k, v = (
        F.linear(side, matrix, bias).view(B, -1, 2, C // 2).transpose(1, 2)
        for side, matrix, bias in zip((x, memory, memory), matrices, biases, strict=True)
    )
    mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=visible)
    return weights.out_proj(mixed.transpose(1, 2).reshape(B, T, C))


def translation_loss(model, source, target, smoothing):
    logits = model(source, target)[:, :-1]
    labels = target[:, 1:]
    chosen, labels = logits[labels != 0], labels[labels != 0]
    return nn.CrossEntropyLoss(label_smoothing=smoothing)(chosen, labels)
