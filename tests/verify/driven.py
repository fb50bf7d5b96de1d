"""A small question with a function, a module and a function of the stub's, for the tests of this folder."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Any

import msgspec

from grader.plan import Plan, make_plan
from grader.question.types import Question

STUB = '''
def scaled(x, factor):
    """x times factor. x is not modified."""
    raise NotImplementedError


def total(x):
    """The sum, through which gradients flow."""
    raise NotImplementedError


class Layer:
    def forward(self, x):
        raise NotImplementedError
'''

REFERENCE = '''\
"""A reference."""

from __future__ import annotations

import torch
from torch import nn


def scaled(x: torch.Tensor, factor: float) -> torch.Tensor:
    """x times factor."""
    result = x * factor
    return result


def total(x: torch.Tensor) -> torch.Tensor:
    return x.sum()


class Layer(nn.Module):
    """A linear layer that counts its calls."""

    def __init__(self, D: int) -> None:
        super(Layer, self).__init__()
        self.second = nn.Linear(D, D)
        self.first = nn.Linear(D, D)
        self.register_buffer("calls", torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls.add_(1)
        hidden = self.first(x).tanh()
        return self.second(hidden) + hidden + 1.0
'''


def question(**changes: Any) -> Question:
    spec: dict[str, Any] = {
        "format": 1,
        "id": "small",
        "topic": "demo",
        "kind": "implement",
        "difficulty": "easy",
        "minutes": 1,
        "title": {"en": "Small", "zh": "小"},
        "prompt": {"en": "Do it.", "zh": "做。"},
        "source": "made for tests",
        "hints": {"en": [], "zh": []},
        "entry": "Layer",
        "sizes": {"N": 3, "D": 4},
        "construct": {"D": {"size": "D"}},
        "arguments": {"x": {"normal": ["N", "D"]}},
        "cases": [{"name": "typical"}],
        "checks": [
            {"name": "values", "compare": "values"},
            {
                "name": "scaled",
                "entry": "scaled",
                "function": True,
                "compare": "values",
                "arguments": {"x": {"normal": ["N", "D"]}, "factor": {"value": 3.0}},
            },
        ],
    }
    return msgspec.convert({**spec, **changes}, Question)


def plan(**changes: Any) -> Plan:
    return make_plan(question(**changes), 7)


def run(source: str) -> tuple[Mapping[str, Any], io.StringIO]:
    """The names that a source file defines, and what it prints while it is loaded."""
    printed = io.StringIO()
    names: dict[str, Any] = {"__name__": "submission"}
    with redirect_stdout(printed):
        exec(compile(source, "submission.py", "exec"), names)
    return names, printed
