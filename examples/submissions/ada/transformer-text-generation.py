import math

import torch
import torch.nn.functional as F
from torch import nn


class TransformerModel(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        C = hidden_dim
        self.token_embedding = nn.Embedding(input_dim, C)
        self.attention_norm = nn.LayerNorm(C)
        self.q_proj = nn.Linear(C, C)
        self.k_proj = nn.Linear(C, C)
        self.v_proj = nn.Linear(C, C)
        self.out_proj = nn.Linear(C, C)
        self.mlp_norm = nn.LayerNorm(C)
        self.mlp_in = nn.Linear(C, 4 * C)
        self.mlp_out = nn.Linear(4 * C, C)
        self.final_norm = nn.LayerNorm(C)
        self.head = nn.Linear(C, output_dim)

    def forward(self, tokens):
        x = self.token_embedding(tokens)
        x = math.sqrt(x.shape[-1]) * x + self._positions(x)
        x = x + self._attention(self.attention_norm(x))
        x = x + self.mlp_out(F.gelu(self.mlp_in(self.mlp_norm(x))))
        return self.head(self.final_norm(x))

    def _attention(self, x):
        B, T, C = x.shape
        heads = [p(x).view(B, T, 2, C // 2).transpose(1, 2) for p in (self.q_proj, self.k_proj, self.v_proj)]
        q, k, v = heads
        scores = q @ k.transpose(-2, -1) / math.sqrt(C // 2)
        allowed = torch.ones(T, T, dtype=torch.bool, device=x.device).tril()
        mixed = scores.masked_fill(~allowed, float("-inf")).softmax(-1) @ v
        return self.out_proj(mixed.transpose(1, 2).reshape(B, T, C))

    @staticmethod
    def _positions(x):
        T, C = x.shape[-2:]
        place = torch.arange(T, device=x.device, dtype=x.dtype)[:, None]
        wave = torch.exp(torch.arange(0, C, 2, device=x.device, dtype=x.dtype) * (-math.log(10000.0) / C))
        return torch.stack(((place * wave).sin(), (place * wave).cos()), dim=-1).reshape(T, C)


@torch.no_grad()
def generate(model, prompt, steps, temperature):
    was_training = model.training
    model.eval()
    tokens = prompt.clone()
    for _ in range(steps):
        logits = model(tokens)[:, -1]
        if temperature == 0:
            new = logits.argmax(dim=-1, keepdim=True)
        else:
            new = torch.multinomial((logits / temperature).softmax(dim=-1), 1)
        tokens = torch.cat((tokens, new), dim=1)
    model.train(was_training)
    return tokens
