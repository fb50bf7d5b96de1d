"""The standard battery: under what other circumstances a question's answers are driven again. One row each.

A row says everything about a condition: what it is called, its rule in words, how the worker drives and prepares,
how exactly results are compared, and which questions and cases it fits. The specs' `battery: skip:`, the editors'
schema, the report, `grader show` and the sheets all read these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import UNSET

from grader.question.types import Argument, Case, Question, Tolerance
from grader.text import Text

# float64 in must give float64 out. How exact a constant such as sqrt(D) is, is left to the candidate: many take
# it from a float32 tensor, and a tolerance near float32's own rounding would make that a matter of luck.
_IN_FLOAT64 = Tolerance(rtol=1.3e-6, atol=1e-5)


@dataclass(frozen=True)
class Condition:
    """One row."""

    key: str  # in `battery: skip:`
    check: str  # the name of the check that it becomes
    title: Text  # of that check
    rule: Text  # what it asks of answers: a prompt need not say it again
    fits: Callable[[Question], bool]  # whether it says anything about a question
    cases: Callable[[Sequence[Case]], Sequence[Case]] = lambda cases: cases  # in which it is tried
    probe: str = "call"  # of the worker: how the answer is driven
    float64: bool = False  # everything floating is made in double precision, the parameters included
    layout: str = "contiguous"  # of the tensors in memory, by its name in `grader.worker.layouts`
    mode: Literal["eval", "train"] = "eval"  # of a constructed module
    compare: Literal["values", "exact"] = "values"  # with what the reference returns under the same condition
    tolerance: Tolerance | None = None  # None: that of the dtype


def conditions_of(question: Question) -> Iterator[Condition]:
    """The conditions under which answers to a question are tried, in the order of the report."""
    if question.entry is None or not question.cases:
        return
    for condition in CONDITIONS:
        if condition.key not in question.battery.skip and condition.fits(question):
            yield condition


# --- which questions and cases a condition fits ---


def _takes_tensors(question: Question) -> bool:
    return any(_is_tensor(spec) for spec in _sent(question))


def _calculates(question: Question) -> bool:
    return question.construct is not None or any(_is_tensor(spec) and _is_floating(spec) for spec in _sent(question))


def _has_gradients_of_its_own_accord(question: Question) -> bool:
    """Whether gradients are worth a look, and no check of the question looks at them already."""
    asked = any(check.probe == "gradients" and check.entry in (None, question.entry) for check in question.checks)
    return _calculates(question) and not asked


def _constructs(question: Question) -> bool:
    return question.construct is not None


def _sent(question: Question) -> list[Argument]:
    return [spec for spec in question.arguments.values() if not spec.held]


def _is_tensor(spec: Argument) -> bool:
    return spec.value is UNSET and spec.size is UNSET and spec.omit is UNSET


def _is_floating(spec: Argument) -> bool:
    if spec.dtype is not None:
        return spec.dtype.startswith(("float", "bfloat"))
    return spec.normal is not UNSET or spec.uniform is not UNSET or _holds_floats(spec.tensor)


def _holds_floats(elements: object) -> bool:
    if isinstance(elements, list):
        return any(_holds_floats(element) for element in elements)
    return isinstance(elements, float)


def _in_float32(cases: Sequence[Case]) -> Sequence[Case]:
    return [case for case in cases if case.dtype == "float32"]


def _first(cases: Sequence[Case]) -> Sequence[Case]:
    return cases[:1]


CONDITIONS = (
    Condition(
        key="unmodified",
        check="inputs unmodified",
        title=Text(en="Inputs left unmodified", zh="不修改输入"),
        rule=Text(en="the inputs stay as they are", zh="不修改输入"),
        fits=_takes_tensors,
        probe="unmodified",
        compare="exact",
    ),
    Condition(
        key="float64",
        check="double precision",
        title=Text(en="Double precision", zh="双精度"),
        rule=Text(en="float64 in gives float64 out", zh="输入是 float64 时结果也是 float64"),
        fits=_calculates,
        cases=_in_float32,
        float64=True,
        tolerance=_IN_FLOAT64,
    ),
    Condition(
        key="noncontiguous",
        check="non-contiguous inputs",
        title=Text(en="Non-contiguous inputs", zh="非连续输入"),
        rule=Text(en="inputs need not be contiguous in memory", zh="输入在内存中可以不连续"),
        fits=_takes_tensors,
        layout="gaps",
    ),
    Condition(
        key="gradients",
        check="gradients",
        title=Text(en="Gradients", zh="梯度"),
        rule=Text(en="gradients flow back", zh="梯度可以正确回传"),
        fits=_has_gradients_of_its_own_accord,
        cases=_in_float32,
        probe="gradients",
        float64=True,  # in float32, rounding may put the winner of a pool, or a ReLU's input, on another side
        tolerance=_IN_FLOAT64,
    ),
    Condition(
        key="device",
        check="device",
        title=Text(en="Works on any device", zh="与设备无关"),
        rule=Text(en="new tensors are made on the device of the inputs", zh="新建的张量与输入在同一设备上"),
        fits=_takes_tensors,
        cases=_first,
        probe="device",
        compare="exact",
    ),
    Condition(
        key="training_mode",
        check="training mode",
        title=Text(en="The same in training mode", zh="训练模式下结果相同"),
        rule=Text(en="the result is the same in training mode", zh="训练模式下结果不变"),
        fits=_constructs,
        mode="train",
    ),
)
