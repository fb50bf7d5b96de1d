"""Takes the state after all T steps, so that the padding is read too."""

from torch import nn


class RNNModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.RNN(input_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, output_dim)

    def forward(self, x, lengths):
        states, _ = self.rnn(x)
        return self.fc(states[:, -1])
