"""The standard battery: what every question that takes tensors is checked for, unless its spec says why not."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET

from grader.question.types import Argument, BatteryCheck, Case, Check, Question, Tolerance
from grader.text import Text

# In float32 the rounding of two right answers may put a ReLU's input, or the winner of a pool, on different sides.
FLOAT64_GRADIENTS = "gradients in float64"
_PROBES: dict[BatteryCheck, str] = {"gradients": FLOAT64_GRADIENTS, "training_mode": "call"}
# float64 in must give float64 out. How exact a constant such as sqrt(D) is, is left to the candidate: many take
# it from a float32 tensor, and a tolerance near float32's own rounding would make that a matter of luck.
_IN_FLOAT64 = Tolerance(rtol=1.3e-6, atol=1e-5)

_WORTH = ("values", "exact", "shape", None)  # how much a check says of a submission, by what it compares

_NAMES: dict[BatteryCheck, str] = {
    "unmodified": "inputs unmodified",
    "float64": "double precision",
    "noncontiguous": "non-contiguous inputs",
    "gradients": "gradients",
    "device": "device",
    "training_mode": "training mode",
}

_RULES: dict[BatteryCheck, Text] = {
    "unmodified": Text(en="the inputs stay as they are", zh="不修改输入"),
    "float64": Text(en="float64 in gives float64 out", zh="输入是 float64 时结果也是 float64"),
    "noncontiguous": Text(en="inputs need not be contiguous in memory", zh="输入在内存中可以不连续"),
    "gradients": Text(en="gradients flow back", zh="梯度可以正确回传"),
    "device": Text(en="new tensors are made on the device of the inputs", zh="新建的张量与输入在同一设备上"),
    "training_mode": Text(en="the result is the same in training mode", zh="训练模式下结果不变"),
}


def battery(question: Question) -> list[Check]:
    """The checks of the battery that fit a question, after its own."""
    return [
        Check(
            name=_NAMES[kind],
            probe=_PROBES.get(kind, kind),
            compare="exact" if kind in ("unmodified", "device") else "values",
            points=question.battery.points,
            mode="train" if kind == "training_mode" else "eval",
            tolerance=_IN_FLOAT64 if kind in ("float64", "gradients") else None,
            needs=_what_must_pass_first(question),
            cases=_cases(question, kind),
        )
        for kind in _fitting(question)
        if kind not in question.battery.skip
    ]


def battery_rules(question: Question) -> list[Text]:
    """What the battery asks of answers to a question, in words: its prompt need not say it again."""
    return [_RULES[kind] for kind in _fitting(question) if kind not in question.battery.skip]


def _fitting(question: Question) -> Iterator[BatteryCheck]:
    if question.entry is None or not question.cases:
        return
    specs = [spec for spec in question.arguments.values() if not spec.held]
    tensors = [spec for spec in specs if _is_tensor(spec)]
    calculates = question.construct is not None or any(_is_floating(spec) for spec in tensors)
    if tensors:
        yield "unmodified"
    if calculates:
        yield "float64"
    if tensors:
        yield "noncontiguous"
    if calculates and not any(_asks_for_gradients(check, question.entry) for check in question.checks):
        yield "gradients"
    if tensors:
        yield "device"
    if question.construct is not None:
        yield "training_mode"


def _asks_for_gradients(check: Check, entry: str) -> bool:
    return check.probe == "gradients" and check.entry in (None, entry)


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


def _cases(question: Question, kind: BatteryCheck) -> list[str]:
    wanted = question.battery.cases
    cases = [case for case in question.cases if wanted is None or case.name in wanted]
    if kind == "device":
        return [case.name for case in cases[:1]]
    return [case.name for case in cases if kind not in ("float64", "gradients") or _is_ordinary(case)]


def _is_ordinary(case: Case) -> bool:
    return case.dtype == "float32"


def _what_must_pass_first(question: Question) -> list[str]:
    """The question's main check: a submission that fails it need not be told of its manners."""
    compared = [check for check in question.checks if check.probe != "parameters"]
    by_worth = sorted(compared or question.checks, key=lambda check: _WORTH.index(check.compare))
    return [check.name for check in by_worth[:1]]
