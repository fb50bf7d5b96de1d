"""Arguments, shapes and sizes must make sense in every case."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SpecError
from grader.question.load import load_question
from grader.question.sizes import evaluate_shape, size_of
from tests.banks import QUESTION, write_question
from tests.question.test_load import message_of

SIZES = {"B": 2, "T": 7, "D": 4}
X = "{normal: [N, D], shift: 0.5}"


@pytest.mark.parametrize(
    ("size", "number"),
    [
        (3, 3),
        ("B", 2),
        ("2 * D", 8),
        ("(T - 1) // B", 3),
        ("T - D - B", 1),
        ("B-T", -5),
        (" 4 ", 4),
        ("B*T+D", 18),
    ],
)
def test_sizes_are_worked_out(size: int | str, number: int) -> None:
    assert size_of(size, SIZES) == number


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("d", "unknown letter 'd' in a size; did you mean 'D'?"),
        ("X", "unknown letter 'X' in a size; sizes has: B, T, D"),
        ("", "the size '' is not arithmetic over letters; write for example '2 * D'"),
        ("2 D", "the size '2 D' is not arithmetic over letters; write for example '2 * D'"),
        ("B // (T - 7)", "the size 'B // (T - 7)' divides by zero"),
        ("B ** 2", "the size 'B ** 2' has more than letters, whole numbers, + - * // and parentheses"),
        ("B / 2", "the size 'B / 2' has more than letters, whole numbers, + - * // and parentheses"),
        ("-B", "the size '-B' has more than letters, whole numbers, + - * // and parentheses"),
        ("1.5", "the size '1.5' has more than letters, whole numbers, + - * // and parentheses"),
        ("True", "the size 'True' has more than letters, whole numbers, + - * // and parentheses"),
        ("f(B)", "the size 'f(B)' has more than letters, whole numbers, + - * // and parentheses"),
        ("B.real", "the size 'B.real' has more than letters, whole numbers, + - * // and parentheses"),
        ("9" * 30, f"the size '{'9' * 30}' is out of range"),
        ("*".join(["T"] * 90), f"the size '{'*'.join(['T'] * 90)}' is out of range"),
        ("(" * 99 + "B" + ")" * 100, f"the size '{'(' * 99}B{')' * 100}' is not arithmetic over letters; write for example '2 * D'"),
        ("B" * 201, "a size of 201 characters; at most 200"),
        ("B\x00", "the size 'B\x00' is not arithmetic over letters; write for example '2 * D'"),
    ],
)  # fmt: skip
def test_what_is_no_size_is_refused(size: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        size_of(size, SIZES)
    assert str(caught.value) == message


def test_a_shape_has_no_negative_sizes() -> None:
    assert evaluate_shape(["B", 3, "D - 4"], SIZES) == (2, 3, 0)
    with pytest.raises(SpecError, match="the size 'B - T' is -5; a shape has no negative sizes"):
        evaluate_shape(["B", "B - T"], SIZES)


FIRST = "normal, uniform, integers, boolean, tensor, value, size, omit"
WRONG = [
    ("{scale: 2}", f"19:6: an argument has exactly one of {FIRST}; here is none"),
    ("{normal: [N], value: 3}", f"19:6: an argument has exactly one of {FIRST}; here is normal and value"),
    ("{normal: [N, d]}", "19:19: unknown letter 'd' in a size; did you mean 'D'? (case 'typical')"),
    ("{normal: [N, D - 5]}", "19:19: the size 'D - 5' is -1; a shape has no negative sizes (case 'one row')"),
    ("{normal: [N, D - 4]}", None),
    ("{normal: [N, N - 2]}", "19:19: the size 'N - 2' is -1; a shape has no negative sizes (case 'one row')"),
    ("{normal: [-1]}", "19:16: the size '-1' is -1; a shape has no negative sizes (case 'typical')"),
    ("{normal: [99999, 99999]}", "19:15: a tensor of 9999800001 elements in the case 'typical'; at most 16777216"),
    ("{size: 'N +'}", "19:13: the size 'N +' is not arithmetic over letters; write for example '2 * D' (case 'typical')"),
    ("{value: 3, scale: 2}", "19:17: 'scale' does nothing beside 'value'; it belongs to normal"),
    ("{uniform: [N], shift: 2}", "19:21: 'shift' does nothing beside 'uniform'; it belongs to normal"),
    ("{normal: [N], high: 2}", "19:20: 'high' does nothing beside 'normal'; it belongs to uniform, integers"),
    ("{normal: [N], probability: 0.5}", "19:20: 'probability' does nothing beside 'normal'; it belongs to boolean"),
    ("{boolean: [N], dtype: int8}", "19:21: 'dtype' does nothing beside 'boolean'; it belongs to normal, uniform, integers, tensor"),
    ("{omit: true, held: true}", "19:19: 'held' does nothing beside 'omit'; it belongs to normal, uniform, integers, boolean, tensor, value, size"),
    ("{omit: false}", "19:13: omit is true or not there at all"),
    ("{normal: [N], dtype: int64}", "19:27: 'normal' makes floating numbers, not int64"),
    ("{integers: [N], high: 3, dtype: bool}", "19:38: 'integers' makes whole numbers, not bool"),
    ("{integers: [N]}", "19:6: 'integers' needs 'high', which is not reached"),
    ("{integers: [N], high: N - 1}", "19:28: 'high' is 0 and 'low' is 0 in the case 'one row'; high must be above low"),
    ("{integers: [N], high: 2.5}", "19:28: 2.5 is not a whole number"),
    ("{integers: [N], high: n}", "19:28: unknown letter 'n' in a size; did you mean 'N'? (case 'typical')"),
    ("{uniform: [N], high: .inf}", "19:27: inf is not finite"),
    ("{uniform: [N], low: 1}", "19:6: 'high' is 1 and 'low' is 1 in the case 'typical'; high must be above low"),
    ("{boolean: [N], probability: 1.5}", "19:34: 1.5 is not between 0 and 1"),
    ("{normal: [N], scale: .nan}", "19:27: the scale is not finite"),
    ("{value: {a: 1}}", "19:14: a value is a number, a string, a bool, null or a list, not a mapping"),
    ("{value: [[{}]]}", "19:16: a value is a number, a string, a bool, null or a list, not a mapping"),
    ("{value: 9223372036854775808}", "19:14: the number does not fit into 64 bits"),
    ("{tensor: [[1, 2], [3]]}", "19:24: row 1 has another shape than row 0"),
    ("{tensor: [1, [2]]}", "19:19: row 1 has another shape than row 0"),
    ("{tensor: [one]}", "19:16: an element of a tensor is a number, true or false"),
    ("{tensor: null}", "19:15: an element of a tensor is a number, true or false"),
    ("{tensor: [[], []]}", None),
    ("{tensor: 3}", None),
    ("{boolean: []}", None),
    ("{size: 2 * D}", None),
    ("{integers: [N], low: -2, high: D, dtype: uint8}", None),
    ("{normal: [N, D], held: true, keyword: true}", None),
]  # fmt: skip


@pytest.mark.parametrize(("argument", "message"), WRONG)
def test_an_argument_makes_sense_in_every_case(tmp_path: Path, argument: str, message: str | None) -> None:
    text = QUESTION.replace(X, argument)
    path = write_question(tmp_path, text)
    if message is None:
        assert load_question(path).arguments["x"]
    else:
        assert message_of(path) == message


CASES = [
    ("arguments: {z: {value: 3}}", "22:33: unknown argument 'z'; arguments: x, high"),
    ("arguments: {hihg: {value: 3}}", "22:33: unknown argument 'hihg'; did you mean 'high'?"),
    ("construct: {width: {value: 3}}", "22:33: unknown argument 'width'"),
    (
        "arguments: {x: {normal: [M]}}",
        "22:46: unknown letter 'M' in a size; sizes has: N, D (case 'typical')",
    ),
    ("arguments: {x: {scale: 3}}", f"22:36: an argument has exactly one of {FIRST}; here is none"),
    ("dtype: int64", "22:28: the dtype of a case is floating, not int64"),
    ("scale: .inf", "22:28: the scale is not finite"),
]


@pytest.mark.parametrize(("override", "message"), CASES)
def test_what_a_case_overrides_makes_sense(tmp_path: Path, override: str, message: str) -> None:
    text = QUESTION.replace("{name: typical}", f"{{name: typical, {override}}}")
    assert message_of(write_question(tmp_path, text)) == message


def test_an_argument_that_a_case_replaces_need_not_fit_that_case(tmp_path: Path) -> None:
    text = QUESTION.replace(X, "{normal: [N - 2]}")
    text = text.replace("{name: one row, ", "{name: one row, arguments: {x: {normal: [N]}}, ")
    assert load_question(write_question(tmp_path, text)).cases[1].arguments["x"].normal == ["N"]
