"""Checks must name what exists and ask for what can be compared."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SpecError
from grader.question.load import load_question
from tests.banks import QUESTION, write_question
from tests.question.test_load import message_of

VALUES = "{name: values, compare: values, needs: shape, points: 4}"

WRONG = [
    ("{name: v, compare: values, needs: shap}", "26:39: unknown check 'shap'; did you mean 'shape'?"),
    ("{name: v, compare: values, needs: [v]}", "26:39: 'v' does not come before this check"),
    ("{name: v, compare: values, cases: [one]}", "26:40: unknown case 'one'; did you mean 'one row'?"),
    ("{name: v, compare: values, cases: [typical, typical]}", "26:49: the case 'typical' is here a second time"),
    ("{name: v, compare: values, cases: []}", "26:39: no case is named; leave 'cases' out for all of them"),
    ("{name: v, compare: values, points: -1}", "26:40: points can't be negative"),
    ("{name: v}", "26:5: a check has either 'compare' or 'criterion'; here is neither"),
    ("{name: v, compare: shape, criterion: {kind: bound, low: 0}}", "26:5: a check has either 'compare' or 'criterion'; here is both"),
    ("{name: v, probe: raises, compare: values}", "26:30: the probe 'raises' takes no 'compare'"),
    ("{name: v, probe: cal, compare: values}", "26:22: unknown probe 'cal'; did you mean 'call'? (there is no function in probes.py)"),
    ("{name: v, probe: sequence, compare: values}", "26:5: the probe 'sequence' needs 'calls'"),
    ("{name: v, compare: values, calls: [{arguments: [x]}]}", "26:32: 'calls' belong to the probe 'sequence'"),
    ("{name: v, probe: sequence, compare: values, calls: [{arguments: [y]}]}", "26:70: unknown argument 'y'; arguments: x, high"),
    ("{name: v, probe: sequence, compare: values, calls: [{arguments: [x], method: a b}]}", "26:82: 'a b' is not a Python name"),
    ("{name: v, probe: parameters, compare: exact}", "26:22: the probe 'parameters' needs 'construct'; a function has none"),
    ("{name: v, compare: values, mode: train}", "26:32: 'mode' does nothing for a function"),
    ("{name: v, compare: values, function: true}", "26:32: 'function' does nothing in a question without 'construct'"),
    ("{name: v, compare: shape, tolerance: {rtol: 0, atol: 0}}", "26:31: 'tolerance' does nothing without 'compare: values'"),
    ("{name: v, compare: values, tolerance: {rtol: -1, atol: 0}}", "26:50: the tolerance is -1.0; it can't be below 0"),
    ("{name: v, compare: shape, nan_equal: true}", "26:31: 'nan_equal' does nothing without 'compare: values' or 'exact'"),
    ("{name: v, criterion: {kind: bound}}", "26:26: 'bound' needs 'low' or 'high'"),
    ("{name: v, criterion: {kind: bound, low: 2, high: 1}}", "26:54: 'high' is 1, which is below 'low', 2"),
    ("{name: v, criterion: {kind: bound, low: .inf}}", "26:45: 'low' is not finite"),
    ("{name: v, criterion: {kind: bound, low: 2, against: x}}", "26:48: 'against' does nothing with 'bound'"),
    ("{name: v, criterion: {kind: bound, low: 2, of: ''}}", "26:52: 'of' is empty; name an observed value, such as output"),
    ("{name: v, criterion: {kind: bound, low: 2, false_alarm: 1e-7}}", "26:48: 'false_alarm' belongs to 'same_distribution'"),
    ("{name: v, criterion: {kind: accuracy, low: 0.9}}", "26:26: 'accuracy' needs 'against', an argument of the case"),
    ("{name: v, criterion: {kind: accuracy, low: 0.9, against: hig}}", "26:62: unknown argument 'hig'; did you mean 'high'?"),
    ("{name: v, criterion: {kind: accuracy, low: 0.9, against: x}}", "26:62: 'x' is sent to the submission; the judge measures against what is held"),
    ("{name: v, criterion: {kind: bound, low: 0, among: x}}", "26:48: 'among' does nothing with 'bound'"),
    ("{name: v, criterion: {kind: bound, low: 0, support: [0, 1]}}", "26:48: 'support' does nothing with 'bound'"),
    ("{name: v, criterion: {kind: same_distribution, support: []}}", "26:61: 'support' lists the values that a draw can have, all finite"),
    ("{name: v, criterion: {kind: same_distribution, low: 1}}", "26:52: 'low' does nothing with 'same_distribution'"),
    ("{name: v, criterion: {kind: same_distribution, false_alarm: 0.01}}", "26:65: it must be above 0 and at most 1e-06"),
    ("{name: v, compare: values, arguments: {x: {normal: [Q]}}}", "26:57: unknown letter 'Q' in a size; sizes has: N, D (case 'typical')"),
    ("{name: v, compare: values, arguments: {a-b: {value: 1}}}", "26:44: 'a-b' is not a Python name"),
    ("{name: v, compare: values, title: {en: a, zh: ''}}", "26:51: the text in 'zh' is empty; both languages are needed"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "message"), WRONG)
def test_a_check_makes_sense(tmp_path: Path, check: str, message: str) -> None:
    assert message_of(write_question(tmp_path, QUESTION.replace(VALUES, check))) == message


@pytest.mark.parametrize(
    "check",
    [
        "{name: v, probe: raises}",
        "{name: v, probe: sequence, compare: values, calls: [{arguments: [x, high]}, {arguments: [x], method: step}]}",
        "{name: v, compare: exact, nan_equal: true, needs: []}",
        "{name: v, criterion: {kind: same_distribution, of: 'output[0]', false_alarm: 1e-9}}",
        "{name: v, criterion: {kind: same_distribution, support: [0, 1.25]}}",
        "{name: v, criterion: {kind: psnr, low: 20, against: y}, arguments: {x: {normal: [2]}, y: {normal: [2], held: true}}}",
        "{name: v, criterion: {kind: accuracy, low: 0.9, against: y, among: z}, arguments: {x: {normal: [2]}, y: {tensor: [0], held: true}, z: {tensor: [[1]], held: true}}}",
        "{name: v, compare: values, construct: {}, mode: train}",
        "{name: v, compare: values, cases: [one row], tolerance: {rtol: 1e-3, atol: 0}}",
    ],
)
def test_checks_of_all_kinds_load(tmp_path: Path, check: str) -> None:
    question = load_question(write_question(tmp_path, QUESTION.replace(VALUES, check)))
    assert question.checks[1].name == "v"


def test_some_check_has_points(tmp_path: Path) -> None:
    text = QUESTION.replace("compare: shape}", "compare: shape, points: 0}").replace("points: 4", "points: 0")
    assert message_of(write_question(tmp_path, text)) == "25:3: no check has points"


def test_a_function_or_a_construct_but_not_both(tmp_path: Path) -> None:
    text = QUESTION.replace("cases:\n", "construct: {}\ncases:\n")
    check = "{name: v, compare: values, function: true, construct: {}}"
    assert message_of(write_question(tmp_path, text.replace(VALUES, check))) == (
        "27:32: a check has either 'function' or 'construct'"
    )
    check = "{name: v, compare: values, function: true}"
    assert load_question(write_question(tmp_path, text.replace(VALUES, check))).checks[1].function


# --- probes.py ---

TRAIN = QUESTION.replace(VALUES, "{name: v, probe: train, compare: values}")


def message_with(tmp_path: Path, probes: str) -> str:
    path = write_question(tmp_path, TRAIN)
    path.with_name("probes.py").write_text(probes, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_question(path)
    return str(caught.value).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize(
    "probes",
    [
        "def train(solution, *, x, high): ...",
        "def train(solution, x, high=3): ...",
        "def train(solution, **inputs): ...",
        "def train(solution, *, x, high, steps=3): ...",
    ],
)
def test_a_probe_takes_the_arguments_by_name(tmp_path: Path, probes: str) -> None:
    path = write_question(tmp_path, TRAIN)
    path.with_name("probes.py").write_text(probes, encoding="utf-8")
    assert load_question(path).checks[1].probe == "train"


@pytest.mark.parametrize(
    ("probes", "message"),
    [
        ("def trian(solution, *, x, high): ...", "question.yaml:26:22: unknown probe 'train'; did you mean 'trian'?"),
        ("def _train(solution): ...", "question.yaml:26:22: unknown probe 'train'; probes: call, raises, repeat, sequence, parameters, gradients (there is no function in probes.py)"),
        ("def train(solution, *, x): ...", "question.yaml:26:22: the probe 'train' does not take the argument 'high'"),
        ("def train(solution, *, x, high, steps): ...", "question.yaml:26:22: the probe 'train' wants 'steps', which is no argument that workers get; arguments: x, high"),
        ("def train(solution, *, x, high):\n  return (", "probes.py:2:10: '(' was never closed"),
        ("def call(solution): ...", "probes.py:1:1: 'call' is the name of a built-in probe; take another"),
        ("\ndef device(solution): ...", "probes.py:2:1: 'device' is the name of a built-in probe; take another"),
        ("\ntrain = 3", "question.yaml:26:22: unknown probe 'train'; probes: call, raises, repeat, sequence, parameters, gradients (there is no function in probes.py)"),
    ],
)  # fmt: skip
def test_a_probe_that_does_not_fit_is_named(tmp_path: Path, probes: str, message: str) -> None:
    assert message_with(tmp_path, probes) == message


def test_probes_that_are_no_text_are_one_line(tmp_path: Path) -> None:
    assert message_with(tmp_path, "\x00").endswith("null bytes")
    path = write_question(tmp_path, TRAIN)
    path.with_name("probes.py").write_bytes(b"\xff")
    with pytest.raises(SpecError, match="can't be read"):
        load_question(path)


def test_probes_are_read_and_never_run(tmp_path: Path) -> None:
    path = write_question(tmp_path, TRAIN)
    path.with_name("probes.py").write_text("1 / 0\ndef train(solution, *, x, high): ...", encoding="utf-8")
    assert load_question(path)


def test_a_probe_does_not_get_what_is_held(tmp_path: Path) -> None:
    text = TRAIN.replace("high: {value: 3}", "high: {value: 3, held: true}")
    path = write_question(tmp_path, text)
    path.with_name("probes.py").write_text("def train(solution, *, x, high): ...", encoding="utf-8")
    assert message_of(path).startswith("26:22: the probe 'train' wants 'high', which is no argument")
