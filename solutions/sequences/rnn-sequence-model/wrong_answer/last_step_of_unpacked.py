"""Packs the sequences, but then takes the last step of the unpacked output, which is zero in shorter rows."""

from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
        packed_states, _ = self.rnn(packed)
        states, _ = pad_packed_sequence(packed_states, batch_first=True)
        return self.fc(states[:, -1])
