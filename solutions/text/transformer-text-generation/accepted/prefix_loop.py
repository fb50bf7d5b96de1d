"""No mask at all: each position attends to the prefix that ends with it, one head after the other."""

import math

import torch
import torch.nn.functional as F
from torch import nn


class TransformerModel(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.hidden_dim = hidden_dim
        self.token_embedding = nn.Embedding(input_dim, hidden_dim)
        self.attention_norm, self.mlp_norm, self.final_norm = (nn.LayerNorm(hidden_dim) for _ in range(3))
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(hidden_dim, hidden_dim) for _ in range(4))
        self.mlp_in = nn.Linear(hidden_dim, 4 * hidden_dim)
        self.mlp_out = nn.Linear(4 * hidden_dim, hidden_dim)
        self.head = nn.Linear(hidden_dim, output_dim)

    def position(self, t: int) -> list[float]:
        C = self.hidden_dim
        angles = [t / 10000 ** (2 * (c // 2) / C) for c in range(C)]
        return [math.cos(angle) if c % 2 else math.sin(angle) for c, angle in enumerate(angles)]

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        T, C = tokens.shape[1], self.hidden_dim
        x = self.token_embedding(tokens)
        x = x * C**0.5 + x.new_tensor([self.position(t) for t in range(T)])

        h = self.attention_norm(x)
        heads = []
        for q, k, v in zip(
            self.q_proj(h).chunk(2, dim=-1),
            self.k_proj(h).chunk(2, dim=-1),
            self.v_proj(h).chunk(2, dim=-1),
            strict=True,
        ):
            rows = []
            for t in range(T):
                scores = (q[:, t : t + 1] * k[:, : t + 1]).sum(dim=-1) / math.sqrt(C / 2)  # (B, t + 1)
                rows.append((scores.softmax(dim=-1)[..., None] * v[:, : t + 1]).sum(dim=1))
            heads.append(torch.stack(rows, dim=1))
        x = self.out_proj(torch.cat(heads, dim=-1)) + x

        x = self.mlp_out(F.gelu(self.mlp_in(self.mlp_norm(x)))) + x
        return self.head(self.final_norm(x))


@torch.inference_mode()
def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    modes = {module: module.training for module in model.modules()}
    model.eval()
    columns = list(prompt.unbind(dim=1))
    for _ in range(steps):
        last = model(torch.stack(columns, dim=1))[:, -1]
        if temperature == 0:
            is_largest = last == last.amax(dim=-1, keepdim=True)
            columns.append(is_largest.int().argmax(dim=-1))
        else:
            shares = torch.softmax(last / temperature, dim=-1).cumsum(dim=-1)
            point = torch.rand_like(shares[:, :1]) * shares[:, -1:]
            columns.append((shares <= point).sum(dim=-1).clamp_max(last.shape[-1] - 1))
    for module, mode in modes.items():
        module.training = mode
    return torch.stack(columns, dim=1)
