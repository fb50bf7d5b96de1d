"""The plan of a question: which probes run on which cases, and which checks look at what they return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import msgspec
from msgspec import UNSET

from grader import wire
from grader.plan.battery import battery_checks
from grader.plan.inputs import ARGUMENT, Maker, derived_seed
from grader.plan.titles import case_in_words, title_of
from grader.question import Argument, Case, Check, Condition, Criterion, Question, Tolerance
from grader.text import Text

FIRST_DRIVE = 10  # request numbers below are for examining and loading


@dataclass(frozen=True)
class PlannedCase:
    """One case of one run, as the judge needs it."""

    name: str
    words: Text  # for people
    sent: wire.Arrays  # arguments, by name
    held: wire.Arrays  # arguments that no worker sees
    elements: int  # of all tensors that are sent: how large the case is


@dataclass(frozen=True)
class ProbeRun:
    """One probe on some cases: one message to a worker."""

    drive: wire.Drive
    arrays: wire.Arrays
    cases: tuple[PlannedCase, ...]


@dataclass(frozen=True)
class PlannedCheck:
    """One check and the run whose observations it looks at."""

    name: str
    title: Text
    run: int  # index into the plan's runs
    points: int
    needs: tuple[str, ...]
    compare: Literal["shape", "values", "exact"] | None
    criterion: Criterion | None
    tolerance: Tolerance | None
    nan_equal: bool
    show: Literal["difference", "image", "curve"]
    of_a_right_result: bool = False  # it looks at the gradients of what has passed a check of values


@dataclass(frozen=True)
class Plan:
    """Everything that must be run and judged for one question with one seed."""

    question: Question
    seed: int
    runs: tuple[ProbeRun, ...]
    checks: tuple[PlannedCheck, ...]
    functions: tuple[str, ...]  # what a submission must define
    classes: tuple[str, ...]


def make_plan(question: Question, seed: int) -> Plan:
    """The plan of a code question. Two calls give equal plans."""
    runs: dict[bytes, tuple[int, ProbeRun]] = {}
    planned = []
    own: list[tuple[Check, Condition | None]] = [(check, None) for check in question.checks]
    for check, condition in (*own, *battery_checks(question)):
        run = _run(question, check, condition, seed)
        key = _identity(run)
        index, _ = runs.setdefault(key, (len(runs), _numbered(run, len(runs))))
        planned.append(_check(check, index, question.checks))
    functions, classes = _required(question)
    return Plan(question, seed, tuple(run for _, run in runs.values()), tuple(planned), functions, classes)


def _identity(run: ProbeRun) -> bytes:
    """Equal for two runs that would observe the same. Arrays follow from case and argument."""
    return wire.encode(run.drive) + repr([sorted(case.held) for case in run.cases]).encode()


def _numbered(run: ProbeRun, index: int) -> ProbeRun:
    return replace(run, drive=msgspec.structs.replace(run.drive, request=FIRST_DRIVE + index))


def _check(check: Check, run: int, checks: Sequence[Check]) -> PlannedCheck:
    return PlannedCheck(
        name=check.name,
        title=check.title or title_of(check.name),
        run=run,
        points=check.points,
        needs=(check.needs,) if isinstance(check.needs, str) else tuple(check.needs),
        compare=check.compare,
        criterion=check.criterion,
        tolerance=check.tolerance,
        nan_equal=check.nan_equal,
        show=check.show,
        of_a_right_result=check.probe == "gradients" and _passed_values(check, checks),
    )


def _passed_values(check: Check, checks: Sequence[Check]) -> bool:
    needed = check.needs if isinstance(check.needs, list) else [check.needs]
    return any(one.name in needed and one.compare in ("values", "exact") for one in checks)


def _run(question: Question, check: Check, condition: Condition | None, seed: int) -> ProbeRun:
    constructor = constructor_of(question, check)
    cases = [case for case in question.cases if check.cases is None or case.name in check.cases]
    float64 = condition is not None and condition.float64
    arrays: wire.Arrays = {}
    inputs, planned = [], []
    for position, case in enumerate(cases):
        one, made = _input(question, check, case, constructor or {}, seed, float64)
        inputs.append(_rekeyed(one, position))
        arrays |= {f"{position}/{key}": array for key, array in made.sent.items()}
        sizes = {letter: size for letter, size in question.sizes.items() if letter in made.letters}
        planned.append(
            PlannedCase(case.name, case_in_words(case, sizes), made.arguments_sent, made.held, made.elements)
        )
    drive = wire.Drive(
        request=0,
        probe=check.probe,
        entry=check.entry or question.entry or "",
        constructs=constructor is not None,
        inputs=inputs,
        seed=derived_seed(seed, question.id),
        mode=check.mode,
        fill=question.fill,
        calls=[wire.Step(call.method, call.arguments) for call in check.calls],
        layout=condition.layout if condition else "contiguous",
    )
    return ProbeRun(drive, arrays, tuple(planned))


def constructor_of(question: Question, check: Check) -> Mapping[str, Argument] | None:
    """The constructor's arguments, or None where the entry of the check is a function."""
    if check.function:
        return None
    return question.construct if check.construct is None else check.construct


def _input(
    question: Question,
    check: Check,
    case: Case,
    constructor: Mapping[str, Argument],
    seed: int,
    float64: bool,
) -> tuple[wire.Input, Maker]:
    maker = Maker(seed, case, {**question.sizes, **case.sizes}, float64)
    specs = _overridden(question.arguments if check.arguments is None else check.arguments, case.arguments)
    constructed = _overridden(constructor, case.construct)
    one = wire.Input(
        name=case.name,
        arguments=maker.arguments(specs, ARGUMENT),
        keywords=_keywords(specs),
        construct=maker.arguments(constructed, "construct"),
        construct_keywords=_keywords(constructed),
        dtype="float64" if float64 else case.dtype,
    )
    return one, maker


def _overridden(specs: Mapping[str, Argument], by: Mapping[str, Argument]) -> dict[str, Argument]:
    return {name: by.get(name, spec) for name, spec in specs.items()}


def _keywords(specs: Mapping[str, Argument]) -> list[str]:
    """The arguments that go by keyword: those that say so, and all behind an omitted one."""
    keywords, behind = [], False
    for name, spec in specs.items():
        behind = behind or spec.omit is not UNSET
        if (behind or spec.keyword) and spec.omit is UNSET and not spec.held:
            keywords.append(name)
    return keywords


def _rekeyed(one: wire.Input, position: int) -> wire.Input:
    """The same input with keys that are unique among the cases of a run."""

    def rekey(values: Mapping[str, wire.Value]) -> dict[str, wire.Value]:
        return {
            name: msgspec.structs.replace(value, key=f"{position}/{value.key}")
            if isinstance(value, wire.TensorValue)
            else value
            for name, value in values.items()
        }

    return msgspec.structs.replace(one, arguments=rekey(one.arguments), construct=rekey(one.construct))


def _required(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The functions and the classes that a submission must define."""
    entries: dict[str, bool] = {}
    if question.entry:
        entries[question.entry] = question.construct is not None
    for check in question.checks:
        if check.entry:
            entries.setdefault(check.entry, constructor_of(question, check) is not None)
    return (
        tuple(name for name, constructs in entries.items() if not constructs),
        tuple(name for name, constructs in entries.items() if constructs),
    )
