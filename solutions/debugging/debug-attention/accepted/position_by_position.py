"""One position at a time, and the loss by hand."""

import torch
from torch import Tensor, nn


def attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    outputs = []
    for t in range(q.shape[1]):
        past = slice(0, t + 1)
        scores = (k[:, past] * q[:, t, None]).sum(dim=2) * q.shape[2] ** -0.5
        powers = (scores - scores.amax(dim=1, keepdim=True)).exp()
        weights = powers / powers.sum(dim=1, keepdim=True)
        outputs.append((weights[..., None] * v[:, past]).sum(dim=1))
    return torch.stack(outputs, dim=1)


class AttentionLM(nn.Module):
    def __init__(self, vocab_size: int, width: int, max_length: int) -> None:
        super().__init__()
        self.token_embedding = nn.Embedding(vocab_size, width)
        self.position_embedding = nn.Embedding(max_length, width)
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.head = nn.Linear(width, vocab_size)

    def forward(self, tokens: Tensor) -> Tensor:
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.token_embedding(tokens) + self.position_embedding(positions)
        return self.head(x + attention(self.q_proj(x), self.k_proj(x), self.v_proj(x)))


def loss(model: nn.Module, tokens: Tensor) -> Tensor:
    logits, answers = model(tokens)[:, :-1], tokens[:, 1:, None]
    right = logits.gather(2, answers).squeeze(2)
    return (logits.logsumexp(dim=2) - right).mean()
