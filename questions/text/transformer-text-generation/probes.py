"""Drives `generate` with a small model whose logits depend on every token so far and on their order."""

import torch
from torch import nn


class Tale(nn.Module):
    """Looks its logits up in a table by a weighted sum of the tokens so far; dropout on top.

    table: (V, O) logits. It notes the mode and the state of autograd in which it is called.
    """

    def __init__(self, table):
        super().__init__()
        self.table = nn.Parameter(table.clone())
        self.dropout = nn.Dropout(0.5)
        self.called_in_training_mode = False
        self.called_with_gradients = False

    def forward(self, tokens):
        self.called_in_training_mode |= self.training
        self.called_with_gradients |= torch.is_grad_enabled()
        places = torch.arange(1, tokens.shape[1] + 1, device=tokens.device)
        rows = (tokens * places).cumsum(dim=1) % len(self.table)
        return self.dropout(self.table[rows])


def continuation(solution, *, table, prompt, steps, temperature, training):
    """What `generate` returns."""
    return solution.generate(Tale(table).train(training), prompt, steps, temperature)


def manners(solution, *, table, prompt, steps, temperature, training):
    """How `generate` treats the model and the prompt, and the dtype of what it returns."""
    model = Tale(table).train(training)
    with torch.enable_grad():
        tokens = solution.generate(model, prompt, steps, temperature)
        autograd_records_afterwards = torch.is_grad_enabled()
    return {
        "training_afterwards": model.training,
        "layer_training_afterwards": model.dropout.training,
        "requires_gradients_afterwards": model.table.requires_grad,
        "autograd_records_afterwards": autograd_records_afterwards,
        "called_in_training_mode": model.called_in_training_mode,
        "called_with_gradients": model.called_with_gradients,
        "prompt_afterwards": prompt,
        "dtype": str(tokens.dtype),
    }


def draws(solution, *, table, prompt, steps, temperature, training, rows):
    """Continuations of many equal rows, one draw a row.

    The columns: the token of each step, the first two as one number, whether a second call drew the same, and whether
    the same seed of torch did.
    """
    model = Tale(table).train(training)
    batch = prompt.repeat(rows, 1)
    first, second = (solution.generate(model, batch, steps, temperature)[:, -steps:] for _ in range(2))
    pair = first[:, 0] * table.shape[1] + first[:, 1]
    same = (first == second).all(dim=1)
    seeded = []
    for _ in range(2):
        torch.manual_seed(solution.seed)
        seeded.append(solution.generate(model, batch, steps, temperature))
    same_seed = (seeded[0] == seeded[1]).all(dim=1)
    return torch.column_stack([first, pair, same, same_seed]).double()
