"""The LSTM, the forward algorithm of CTC in logarithms and the decoder, all written out."""

import torch
import torch.nn.functional as F
from torch import nn

FAR = -1e30  # a logarithm of nothing whose differences are still numbers


class SpeechRecognizer(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.rnn = nn.LSTM(input_dim, hidden_dim, bidirectional=True)
        self.fc = nn.Linear(2 * hidden_dim, output_dim)

    def forward(self, features, lengths):
        T = features.shape[1]
        valid = torch.arange(T, device=features.device)[:, None] < lengths  # (T, B)
        forward = self.run(features, valid, range(T), "")
        backward = self.run(features, valid, reversed(range(T)), "_reverse")[::-1]
        states = torch.stack([torch.cat(pair, dim=1) for pair in zip(forward, backward, strict=True)], dim=1)
        return F.log_softmax(self.fc(states), dim=2)

    def run(self, features, valid, order, suffix):
        w, u, b, d = (
            getattr(self.rnn, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        h = c = features.new_zeros(len(features), self.rnn.hidden_size)
        states = []
        for t in order:
            i, f, g, o = (features[:, t] @ w.T + b + h @ u.T + d).chunk(4, dim=1)
            now = valid[t][:, None]
            c = torch.where(now, f.sigmoid() * c + i.sigmoid() * g.tanh(), 0)
            h = torch.where(now, o.sigmoid() * c.tanh(), 0)
            states.append(h)
        return states


def ctc_loss(log_probs, lengths, targets, target_lengths):
    B, T, _ = log_probs.shape
    S = targets.shape[1]
    symbols = F.pad(torch.stack([torch.zeros_like(targets), targets], dim=2).flatten(1), (0, 1))  # (B, 2 * S + 1)
    emitted = log_probs.gather(2, symbols[:, None].expand(B, T, 2 * S + 1))
    skips = F.pad((symbols[:, 2:] != 0) & (symbols[:, 2:] != symbols[:, :-2]), (2, 0))
    alpha = torch.full_like(emitted[:, 0], FAR)
    alpha[:, 0] = 0
    for t in range(T):
        one = F.pad(alpha[:, :-1], (1, 0), value=FAR)
        two = F.pad(alpha[:, :-2], (2, 0), value=FAR).masked_fill(~skips, FAR)
        ways = torch.stack([alpha, one, two])
        stepped = (ways.logsumexp(0) + emitted[:, t]).clamp(min=FAR)
        alpha = torch.where((t < lengths)[:, None], stepped, alpha)
    last = alpha.gather(1, 2 * target_lengths[:, None])[:, 0]
    before = alpha.gather(1, (2 * target_lengths - 1).clamp(min=0)[:, None])[:, 0]
    before = torch.where(target_lengths > 0, before, FAR)
    total = torch.logaddexp(last, before)
    return torch.where(total > FAR / 2, -total, 0).sum() / B


def greedy_decode(log_probs, lengths):
    result = []
    for scores, length in zip(log_probs, lengths, strict=True):
        path = [int(frame.argmax()) for frame in scores[: int(length)]]
        starts = [label for before, label in zip([0, *path], path, strict=False) if label != before]
        result.append([label for label in starts if label])
    return result
