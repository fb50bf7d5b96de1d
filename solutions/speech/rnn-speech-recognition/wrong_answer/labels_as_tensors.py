"""Returns tensors instead of lists of ints."""

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
        result.append(lengths.new_tensor(labels))
    return result
