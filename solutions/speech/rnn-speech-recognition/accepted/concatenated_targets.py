"""Sorts by hand for packing, gives the targets to the loss in one row, and decodes with masks."""

import torch
from torch import nn
from torch.nn.functional import ctc_loss as torch_ctc_loss
from torch.nn.utils import rnn


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.LSTM(input_dim, hidden_dim, bidirectional=True, batch_first=True)
        self.fc = nn.Linear(hidden_dim * 2, output_dim)

    def forward(self, features, lengths):
        ordered, order = torch.sort(lengths, descending=True)
        packed = rnn.pack_padded_sequence(features[order], ordered.tolist(), batch_first=True)
        states, _ = rnn.pad_packed_sequence(self.rnn(packed)[0], batch_first=True)
        result = self.fc.bias.expand(*features.shape[:2], -1).clone()
        result[:, : states.shape[1]] = self.fc(states)[order.argsort()]
        return torch.log_softmax(result, -1)


def ctc_loss(log_probs, lengths, targets, target_lengths):
    real = torch.arange(targets.shape[1], device=targets.device) < target_lengths[:, None]
    losses = torch_ctc_loss(
        log_probs.permute(1, 0, 2), targets[real], lengths, target_lengths, 0, "sum", zero_infinity=True
    )
    return losses / log_probs.size(0)


def greedy_decode(log_probs, lengths):
    best = torch.argmax(log_probs, 2)
    keep = best != 0
    keep[:, 1:] &= best[:, 1:] != best[:, :-1]
    keep &= torch.arange(best.shape[1], device=best.device) < lengths.unsqueeze(1)
    return [row[kept].tolist() for row, kept in zip(best, keep, strict=True)]
