"""torch's fused attention, positions written into an empty tensor, draws from a Categorical."""

import torch
from torch import nn
from torch.distributions import Categorical
from torch.nn.functional import gelu, scaled_dot_product_attention


class TransformerModel(nn.Module):
    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        super().__init__()
        self.head = nn.Linear(hidden_dim, output_dim)
        for name in ("out_proj", "v_proj", "k_proj", "q_proj"):
            setattr(self, name, nn.Linear(hidden_dim, hidden_dim))
        for name in ("final_norm", "mlp_norm", "attention_norm"):
            setattr(self, name, nn.LayerNorm(hidden_dim))
        self.mlp_out = nn.Linear(4 * hidden_dim, hidden_dim)
        self.mlp_in = nn.Linear(hidden_dim, 4 * hidden_dim)
        self.token_embedding = nn.Embedding(input_dim, hidden_dim)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        embedded = self.token_embedding(tokens)
        T, C = embedded.shape[1:]
        steps = torch.arange(T).to(embedded)
        rates = 1 / 10000 ** (torch.arange(0, C, 2).to(embedded) / C)
        where = embedded.new_empty(T, C)
        where[:, 0::2] = torch.outer(steps, rates).sin()
        where[:, 1::2] = torch.outer(steps, rates).cos()
        x = embedded * C**0.5 + where

        normed = self.attention_norm(x)
        q, k, v = (
            layer(normed).unflatten(-1, (2, C // 2)).movedim(2, 1) for layer in (self.q_proj, self.k_proj, self.v_proj)
        )
        mixed = scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out_proj(mixed.movedim(1, 2).flatten(2))
        x = x + self.mlp_out(gelu(self.mlp_in(self.mlp_norm(x))))
        return self.head(self.final_norm(x))


@torch.no_grad()
def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    training = model.training
    try:
        model.eval()
        tokens = prompt.clone()
        while tokens.shape[1] < prompt.shape[1] + steps:
            logits = model(tokens)[:, -1, :]
            following = Categorical(logits=logits / temperature).sample() if temperature else logits.argmax(1)
            tokens = torch.hstack([tokens, following[:, None]])
        return tokens
    finally:
        model.train(training)
