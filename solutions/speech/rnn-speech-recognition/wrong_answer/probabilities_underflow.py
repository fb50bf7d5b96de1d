"""Runs the forward algorithm with probabilities, whose products underflow in long recordings."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.LSTM(input_dim, hidden_dim, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden_dim, output_dim)

    def forward(self, features, lengths):
        packed = pack_padded_sequence(features, lengths.cpu(), batch_first=True, enforce_sorted=False)
        states, _ = self.rnn(packed)
        states, _ = pad_packed_sequence(states, batch_first=True, total_length=features.shape[1])
        return self.fc(states).log_softmax(dim=-1)


def ctc_loss(log_probs, lengths, targets, target_lengths):
    losses = []
    for p, T, y, S in zip(log_probs.exp(), lengths.tolist(), targets, target_lengths.tolist(), strict=True):
        states = y.new_zeros(2 * S + 1)
        states[1::2] = y[:S]
        can_skip = F.pad((states[2:] != 0) & (states[2:] != states[:-2]), (2, 0))[: 2 * S + 1]
        alpha = F.pad(p.new_ones(1), (0, 2 * S))
        for t in range(T):
            from_one = F.pad(alpha[:-1], (1, 0))
            from_two = F.pad(alpha, (2, 0))[: 2 * S + 1] * can_skip
            alpha = (alpha + from_one + from_two) * p[t, states]
        probability = alpha[-2:].sum()
        losses.append(torch.where(probability > 0, -probability.log(), probability))
    return torch.stack(losses).mean()


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
