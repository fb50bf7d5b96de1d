"""A hint is given only where what it says was computed, and not where it is not so."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.compare import Expected
from grader.judge.hints import cases_hint, hint_of
from grader.judge.observed import Tensor, Values
from grader.text import Text

RIGHT = np.random.default_rng(3).normal(size=(4, 5, 5)) + 2.0


def _values(array: np.ndarray, dtype: str = "float32") -> Values:
    kept = array if array.dtype.kind in "iu" else array.astype(dtype)
    return Values({"output": Tensor(kept, dtype, "cpu")}, "tensor")


def _hint(got: np.ndarray, dtype: str = "float32") -> str | None:
    found = hint_of(_values(got, dtype), Expected(_values(RIGHT), _values(RIGHT, "float64")))
    return found.en if found else None


def _spoiled(where: object) -> np.ndarray:
    wrong = RIGHT.copy()
    wrong[where] += 1.0 + np.arange(wrong[where].size).reshape(wrong[where].shape) ** 2  # type: ignore[index]
    return wrong


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (RIGHT.swapaxes(1, 2), "the axes 1 and 2 swapped"),
        (RIGHT[::-1], "in reverse order along axis 0"),
        (np.roll(RIGHT, 1, 1), "one place later along axis 1"),
        (np.roll(RIGHT, -1, 1), "one place earlier along axis 1"),
        (RIGHT.reshape(20, 5), "only the shape differs"),
        (np.random.default_rng(1).permutation(RIGHT.reshape(-1)).reshape(RIGHT.shape), "in another order"),
        (np.where(RIGHT > 3, np.nan, RIGHT), "are not a number, or infinite"),
        (np.zeros_like(RIGHT), "zero everywhere"),
        (RIGHT * 2.5, "2.5 times what is expected"),
        (-RIGHT, "-1 times what is expected"),
        (RIGHT + 0.25, "what is expected plus 0.25"),
        (RIGHT * np.arange(1, 6)[:, None], "times a factor, each time another one"),
        (_spoiled(np.s_[:, 2]), "right but for index 2 of axis 1"),
        (_spoiled(np.s_[1:]), "right at index 0 of axis 0 only"),
    ],
)
def test_what_is_so_is_said(got: np.ndarray, says: str) -> None:
    hint = _hint(got)
    assert hint is not None
    assert says in hint


def test_right_values_in_another_dtype() -> None:
    assert _hint(RIGHT, "float64") == "The values of `output` are right; only the dtype differs."


@pytest.mark.parametrize("seed", range(20))
def test_of_noise_nothing_is_said(seed: int) -> None:
    assert _hint(np.random.default_rng(100 + seed).normal(size=RIGHT.shape)) is None


@pytest.mark.parametrize("shape", [(), (1,), (3,), (0, 2), (1, 1)])
def test_small_and_empty_results_are_no_trouble(shape: tuple[int, ...]) -> None:
    wanted = np.full(shape, 2.0)
    hint_of(_values(wanted + 1.5), Expected(_values(wanted), _values(wanted, "float64")))


def test_of_a_right_result_nothing_is_said() -> None:
    assert _hint(RIGHT) is None


def test_the_cases_that_are_right_are_told_where_some_are() -> None:
    case = Text(en="one token", zh="单个 token")
    told = cases_hint([case])
    assert told is not None
    assert told.en == "Right in: one token."
    assert cases_hint([]) is None
