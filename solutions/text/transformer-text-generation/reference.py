"""A small causal Transformer language model, and generating from it.

Source: Vaswani et al. 2017, sections 3.2 to 3.5, https://arxiv.org/abs/1706.03762, with each norm before its
    sublayer as in Radford et al. 2019 (GPT-2), section 2.3.
Shapes: B batch, T tokens, V input vocabulary, C width, O output vocabulary.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

HEADS = 2


def positions(T: int, C: int, like: torch.Tensor) -> torch.Tensor:
    """Sines in the even columns and cosines in the odd ones: (T, C), like `like` in dtype and device."""
    t = torch.arange(T, device=like.device)[:, None]
    even = torch.arange(0, C, 2, device=like.device, dtype=like.dtype)
    angles = t / 10000 ** (even / C)  # (T, C / 2)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


class TransformerModel(nn.Module):
    """One block with two heads of masked attention, and a head over the vocabulary.

    The layers are attributes of the model itself, with their biases and the default epsilon of LayerNorm:
        token_embedding     Embedding(V, C)
        attention_norm      LayerNorm(C)
        q_proj, k_proj, v_proj, out_proj    Linear(C, C)
        mlp_norm            LayerNorm(C)
        mlp_in, mlp_out     Linear(C, 4 * C), Linear(4 * C, C)
        final_norm          LayerNorm(C)
        head                Linear(C, O)
    """

    def __init__(self, input_dim: int, hidden_dim: int, output_dim: int) -> None:
        """Make the layers: V = input_dim, C = hidden_dim (even), O = output_dim."""
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

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Score the token that follows each position, from that position and those before it.

        tokens: (B, T) int64 in [0, V), T from 1 to 512.
        Returns (B, T, O) logits, in the dtype of the parameters.
        """
        x = self.token_embedding(tokens)  # (B, T, C)
        T, C = x.shape[1:]
        x = x * math.sqrt(C) + positions(T, C, x)
        x = x + self.attend(self.attention_norm(x))
        x = x + self.mlp_out(F.gelu(self.mlp_in(self.mlp_norm(x))))
        return self.head(self.final_norm(x))

    def attend(self, x: torch.Tensor) -> torch.Tensor:
        B, T, C = x.shape
        D = C // HEADS
        q, k, v = (
            projection(x).view(B, T, HEADS, D).transpose(1, 2)  # (B, HEADS, T, D)
            for projection in (self.q_proj, self.k_proj, self.v_proj)
        )
        scores = q @ k.transpose(-2, -1) / math.sqrt(D)  # (B, HEADS, T, T)
        future = torch.ones(T, T, dtype=torch.bool, device=x.device).triu(diagonal=1)
        weights = scores.masked_fill(future, -math.inf).softmax(dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(B, T, C)
        return self.out_proj(mixed)


def generate(model: nn.Module, prompt: torch.Tensor, steps: int, temperature: float) -> torch.Tensor:
    """Lengthen each row of a prompt by `steps` tokens.

    model: any module that maps tokens (B, T) to logits (B, T, O). It runs in eval mode and without recording
        gradients; afterwards it and its layers, which come in one mode, are in that mode again, and autograd is
        as it was.
    prompt: (B, T) int64, T at least 1; left as it is.
    steps: number of tokens to add, 0 or more.
    temperature: 0 takes the largest logit, the first of equal ones; above 0 draws from
        softmax(logits / temperature), each row on its own, with torch's global generator.
    Returns (B, T + steps) int64: the prompt and its continuation.
    """
    was_training = model.training
    model.eval()
    tokens = prompt
    with torch.no_grad():
        for _ in range(steps):
            logits = model(tokens)[:, -1]  # (B, O)
            if temperature == 0:
                following = logits.argmax(dim=-1, keepdim=True)
            else:
                following = torch.multinomial((logits / temperature).softmax(dim=-1), num_samples=1)
            tokens = torch.cat([tokens, following], dim=1)
    model.train(was_training)
    return tokens
