"""Runs over all T frames, so that the backward direction begins in the padding."""

import torch
import torch.nn.functional as F
from torch import nn


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.LSTM(input_dim, hidden_dim, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden_dim, output_dim)

    def forward(self, features, lengths):
        states, _ = self.rnn(features)
        valid = torch.arange(features.shape[1], device=features.device) < lengths[:, None]
        states = states * valid[:, :, None]
        return self.fc(states).log_softmax(dim=-1)


def ctc_loss(log_probs, lengths, targets, target_lengths):
    losses = F.ctc_loss(
        log_probs.transpose(0, 1), targets, lengths, target_lengths, blank=0, reduction="none", zero_infinity=True
    )
    return losses.mean()


def greedy_decode(log_probs, lengths):
    result = []
    for path, length in zip(log_probs.argmax(dim=-1).tolist(), lengths.tolist(), strict=True):
        labels = []
        previous = 0
        for label in path[:length]:
            if label != previous and label != 0:
                labels.append(label)
            previous = label
        result.append(labels)
    return result
