"""A hint is given only where what it says was computed, and not where it is not so."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judge.compare import Expected
from grader.judge.hints import cases_hint, hint_of
from grader.observed import Tensor, Values
from grader.text import Text
from grader.wire import PlainValue

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
        (
            RIGHT * np.where(np.arange(100) % 3, 1, -1).reshape(RIGHT.shape),
            "Only the signs of `output` are wrong, of 34 of 100",
        ),
        (_spoiled(np.s_[:, 2]), "right but for index 2 of axis 1"),
        (_spoiled(np.s_[:, [0, 3]]), "right but for the indices 0, 3 of axis 1"),
        (_spoiled(np.s_[:, 1:4]), "right at the indices 0, 4 of axis 1 only"),
        (_spoiled(np.s_[:, 3:]), "right but for the indices 3, 4 of axis 1"),
        (RIGHT[:, :3], "axis 1 is 2 too small; the others are right"),
        (np.pad(RIGHT, [(0, 0), (1, 1), (1, 1)]), "axes 1 and 2 are each 2 too large; the others are right"),
        (RIGHT.transpose(1, 2, 0) + 9, "expected sizes in another order: axes 0 and 2 are exchanged"),
        (RIGHT[:, 0], "the expected sizes without axis 1, of size 5"),
        (np.stack([RIGHT, RIGHT], axis=2), "one axis too many: axis 2, of size 2"),
        (RIGHT[:1, :3], "Only axes 0 and 1 of `output` are of another size"),
        (_spoiled(np.s_[1:]), "right at index 0 of axis 0 only"),
    ],
)
def test_what_is_so_is_said(got: np.ndarray, says: str) -> None:
    hint = _hint(got)
    assert hint is not None
    assert says in hint


def test_a_near_miss_is_not_called_another_order() -> None:
    told = _hint(RIGHT * np.where(np.arange(100) == 7, 1 + 3e-5, 1).reshape(RIGHT.shape))
    assert told is not None
    assert told.startswith("`output` is nearly right: no element is off by more than 8 times what is allowed.")


def test_an_argument_that_comes_back_is_recognised() -> None:
    given = np.random.default_rng(5).normal(size=RIGHT.shape).astype(np.float32)
    found = hint_of(_values(given), Expected(_values(RIGHT), _values(RIGHT, "float64")), {"x": RIGHT, "noise": given})
    assert found is not None
    assert found.en == "`output` is the argument `noise`, unchanged."


def _several(wrong: set[int]) -> str | None:
    names = ["a", "b", "c"]
    noise = np.random.default_rng(6).normal(size=(3, *RIGHT.shape))
    leaves = {name: Tensor(noise[i] if i in wrong else RIGHT, "float64", "cpu") for i, name in enumerate(names)}
    right = Values({name: Tensor(RIGHT, "float64", "cpu") for name in names}, "dict")
    found = hint_of(Values(leaves, "dict"), Expected(right, right))
    return found.en if found else None


def test_of_several_values_those_that_are_wrong_are_told() -> None:
    assert _several({1}) == "Of 3 values only `b` is wrong."
    assert _several({0, 2}) is None
    assert _several({0, 1, 2}) is None


def test_what_only_rounds_differently_is_not_called_wrong() -> None:
    def plain(*numbers: float) -> Values:
        return Values({name: PlainValue(number) for name, number in zip("abc", numbers, strict=True)}, "dict")

    found = hint_of(plain(1.0 + 1e-9, 3.0, 2.5), Expected(plain(1.0, 2.0, 2.5), plain(1.0, 2.0, 2.5)))
    assert found is not None
    assert found.en == "Of 3 values only `b` is wrong."


def _parameters(**shapes: str) -> Values:
    return Values({name.replace("__", "."): PlainValue(shape) for name, shape in shapes.items()}, "dict")


@pytest.mark.parametrize(
    ("got", "says"),
    [
        ("(10, 129)", "Only the second size of `fc__weight` (axis 1) differs: 129 instead of 128."),
        ("(11, 128)", "Only the first size of `fc__weight` (axis 0) differs: 11 instead of 10."),
        ("(128, 10)", "The two first sizes of `fc__weight` are exchanged"),
        ("(10, 128, 3)", "one axis too many: axis 2, of size 3"),
    ],
)
def test_the_shape_of_a_parameter_tells_of_its_layer(got: str, says: str) -> None:
    right = _parameters(conv__weight="(32, 1, 3, 3)", fc__weight="(10, 128)")
    made = _parameters(conv__weight="(32, 1, 3, 3)", fc__weight=got)
    found = hint_of(made, Expected(right, right))
    assert found is not None
    assert says.replace("__", ".") in found.en


def test_a_kernel_of_parameters_without_names() -> None:
    def counted(*shapes: str) -> Values:
        return Values({f"parameters of shape {shape}": PlainValue(1) for shape in shapes}, "dict")

    right = counted("(32, 1, 3, 3)", "(32,)")
    found = hint_of(counted("(32, 1, 3, 4)", "(32,)"), Expected(right, right))
    assert found is not None
    assert found.en == "Only the size of the kernel of `the weight (32, 1, 3, 3)` (axis 3) differs: 4 instead of 3."


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


def test_an_imaginary_part_is_not_overlooked() -> None:
    got = _values(RIGHT + 1j, "complex64")
    expected = Expected(_values(RIGHT), _values(RIGHT, "float64"))
    assert hint_of(got, expected) is None
    real = _values(RIGHT + 0j, "complex64")
    said = hint_of(real, expected)
    assert said and "only the dtype differs" in said.en
