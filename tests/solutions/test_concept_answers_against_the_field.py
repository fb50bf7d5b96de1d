"""The answers of two concept questions, recomputed from the figures of their prompts and with torch itself.

The third has its own in `test_references_against_torch`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from grader.question.positions import read_yaml
from tests.solutions.test_references_against_torch import (
    BANK,
    _one_thread,  # noqa: F401 - of every test here
    _seeded,  # noqa: F401 - of every test here
    assert_near,
    normal,
)


def scale_after(overflows: int, steps: int) -> float:
    """What torch's own scaler makes of gradients that first overflow and then do not."""
    scaler = torch.amp.GradScaler("cpu", init_scale=65536.0, growth_factor=2, backoff_factor=0.5, growth_interval=2000)
    weight = nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], 0.0)
    for step in range(overflows + steps):
        weight.grad = scaler.scale(torch.full((1,), math.inf if step < overflows else 1.0))
        scaler.step(optimizer)
        scaler.update()
    return scaler.get_scale()


def added_in_half(times: int, update: float) -> float:
    weight = torch.ones((), dtype=torch.float16)
    for _ in range(times):
        weight += update
    return weight.item()


# Of every number: the figures of its prompt, and what they come to.
ARITHMETIC: dict[str, dict[str, tuple[tuple[int, ...], Callable[..., float]]]] = {
    "imagen-attention": {
        "pairs": ((32, 16, 8), lambda *sides: sum((side * side) ** 2 for side in sides)),
        "full-size": ((1024, 1024, 2, 2, 30), lambda h, w, size, base, power: (h * w) ** 2 * size / base**power),
        "heads": ((512, 3, 64), lambda channels, times, width: channels * times / width),
        "crop": ((256, 256, 1024, 1024), lambda h, w, H, W: (H * W) ** 2 / (h * w) ** 2),
        "text-overhead": ((32, 32, 128), lambda h, w, L: 100 * (h * w * (h * w + L) / (h * w) ** 2 - 1)),
        "cross-multiply-adds": (
            (64, 64, 128, 8, 128),
            lambda h, w, L, heads, width: heads * (h * w * width * L + h * w * L * width),
        ),
        "text-projections": ((8, 128, 4096), lambda heads, width, text: 2 * text * heads * width),
    },
    "imagen-training-optimization": {
        "adam-memory": ((600,), lambda millions: millions * 1e6 * (4 + 4 + 4 + 4) / 1e9),
        "mixed-memory": ((2, 10, 9), lambda n, base, power: n * base**power * (2 + 2 + 4 + 4 + 4 + 4) / 1e9),
        "adafactor": ((2048, 8192), lambda rows, columns: rows + columns),
        "smallest-scale": ((2, 28), lambda base, power: torch.finfo(torch.float16).smallest_normal * base**power),
        "scale-update": ((3, 4000), scale_after),
        "lost-updates": ((1000,), lambda times: added_in_half(times, 0.0001)),
        "learning-rate": (
            (10000, 110000, 35000),
            lambda first, last, now: 1e-4 * 0.5 * (1 + math.cos(math.pi * (now - first) / (last - first))),
        ),
        "ema-share": ((20000,), lambda updates: 100 * math.exp(updates * math.log1p(-0.0001))),
    },
}
NUMBERS = [(name, part) for name, parts in ARITHMETIC.items() for part in parts]


def answers(name: str) -> dict[str, Any]:
    return read_yaml(BANK[name].reference).data["answers"]


@pytest.mark.parametrize("name", ARITHMETIC)
def test_every_number_of_a_concept_question_is_recomputed(name: str) -> None:
    assert set(ARITHMETIC[name]) == {part.id for part in BANK[name].question.parts if part.kind == "number"}


@pytest.mark.parametrize(("name", "part"), NUMBERS)
def test_number_of_a_concept_question_follows_from_its_prompt(name: str, part: str) -> None:
    figures, result = ARITHMETIC[name][part]
    prompt = next(x.prompt for x in BANK[name].question.parts if x.id == part)
    for text in (prompt.en, prompt.zh):
        assert {str(figure) for figure in figures} <= set(re.findall(r"\d+", text))
    assert pytest.approx(result(*figures), rel=1e-6) == answers(name)[part]


def test_choices_on_attention_that_torch_can_show() -> None:
    layer = nn.MultiheadAttention(8, 1, batch_first=True, dtype=torch.float64)
    image, text, order = normal(1, 6, 8), normal(1, 4, 8), torch.randperm(4)
    got, _ = layer(image, text, text)
    assert_near(layer(image, text[:, order], text[:, order])[0], got)
    assert answers("imagen-attention")["order"] == "a"  # the same, each at its place
    padded, hidden = torch.hstack([text, normal(1, 3, 8)]), torch.tensor([[False] * 4 + [True] * 3])
    assert_near(layer(image, padded, padded, key_padding_mask=hidden)[0], got)
    assert answers("imagen-attention")["padding"] == "b"  # minus infinity before the softmax
    both = torch.hstack([image, text])
    assert layer(image, both, both)[1].shape == (1, 6, 6 + 4)
    assert answers("imagen-attention")["shape"] == "d"  # N x (N + L)


def test_choices_on_half_precision_that_torch_can_show() -> None:
    half, brain, single = (torch.finfo(dtype) for dtype in (torch.float16, torch.bfloat16, torch.float32))
    facts = {
        "a": brain.max > 0.99 * single.max and brain.smallest_normal == single.smallest_normal,
        "b": brain.eps < half.eps,
        "c": math.isinf(torch.tensor(1e5).half().item()) and not torch.tensor(1e5).bfloat16().isinf(),
        "d": (1 + torch.tensor(2.0**-9)).bfloat16().item() == 1,
        "e": (torch.ones((), dtype=torch.bfloat16) + 1e-3).item() != 1,  # small updates are not lost
    }
    assert answers("imagen-training-optimization")["half-formats"] == [name for name, holds in facts.items() if holds]


def test_gradients_are_clipped_between_unscaling_and_the_step() -> None:
    scaler, weight = torch.amp.GradScaler("cpu", init_scale=1024.0), nn.Parameter(torch.zeros(2))
    optimizer = torch.optim.SGD([weight], 1.0)
    scaler.scale((weight * torch.tensor([3.0, 4.0])).sum()).backward()
    scaler.unscale_(optimizer)
    assert nn.utils.clip_grad_norm_([weight], 1.0) == 5
    scaler.step(optimizer)
    scaler.update()
    torch.testing.assert_close(weight.detach(), torch.tensor([-0.6, -0.8]))
    assert answers("imagen-training-optimization")["step-order"] == "b"


def test_figures_of_the_model_texts_are_right() -> None:
    attention, training = (" ".join(answers(name)["explain"].split()) for name in ARITHMETIC)
    assert f"about {4096**2:.1e}".replace("e+0", "e") in attention
    assert f"about {4096 * 128:.1e} scores".replace("e+0", "e") in attention
    assert f"about {(1024 * 1024) ** 2:.1e}".replace("e+", "e") in attention
    half = torch.finfo(torch.float16)
    assert f"beyond {half.max:.0f} is infinite" in training
    assert f"below about {2**-24:.0e}".replace("e-0", "e-") in training  # 2^-24 is the smallest that is not 0
    assert [torch.tensor(x).half().item() > 0 for x in (2.0**-24, 2.0**-26, 1e-8)] == [True, False, False]
    assert "gradients below about 2e-4 are 0" in training
    assert [torch.tensor(x**2).half().item() > 0 for x in (2e-4, 1.7e-4)] == [True, False]
    assert (torch.ones((), dtype=torch.float16) + 2**-11).item() == 1 and f"2^-11, or {2**-11:.4f}," in training
