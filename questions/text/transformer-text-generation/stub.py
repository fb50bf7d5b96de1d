"""A small causal Transformer language model, and generating from it.

Source: Vaswani et al. 2017, sections 3.2 to 3.5, https://arxiv.org/abs/1706.03762, with each norm before its
    sublayer as in Radford et al. 2019 (GPT-2), section 2.3.
Shapes: B batch, T tokens, V input vocabulary, C width, O output vocabulary.
"""

import torch
from torch import nn


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
        raise NotImplementedError

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Score the token that follows each position, from that position and those before it.

        tokens: (B, T) int64 in [0, V), T from 1 to 512.
        Returns (B, T, O) logits, in the dtype of the parameters.
        """
        raise NotImplementedError


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
    raise NotImplementedError
