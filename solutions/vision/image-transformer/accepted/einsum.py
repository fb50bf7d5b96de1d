"""Einstein summation, and the softmax by hand."""

import torch
from torch import Tensor, nn


class SimpleTransformer(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.scale = hidden_dim**-0.5
        self.output_proj = nn.Linear(hidden_dim, output_dim)
        for name in ("q_proj", "k_proj", "v_proj"):
            setattr(self, name, nn.Linear(hidden_dim, hidden_dim))
        self.input_proj = nn.Linear(input_dim, hidden_dim)

    def forward(self, tokens: Tensor) -> Tensor:
        h = self.input_proj(tokens)
        scores = torch.einsum("bnc,bmc->bnm", self.q_proj(h) * self.scale, self.k_proj(h))
        powers = (scores - scores.amax(dim=-1, keepdim=True)).exp()
        attended = torch.einsum("bnm,bmc->bnc", powers, self.v_proj(h)) / powers.sum(dim=-1, keepdim=True)
        return self.output_proj(h + attended)
