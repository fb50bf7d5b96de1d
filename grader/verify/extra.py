"""Looking harder at what is said to be equivalent: many more inputs than the question's own cases."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import msgspec
from msgspec import UNSET

from grader.grading import Desk, Kit
from grader.judge import Expected, judge_check
from grader.observed import Observed, Values
from grader.plan import PlannedCheck
from grader.question import Case, Entry, Question
from grader.sandbox import Lost
from grader.verdict import Verdict

VARIATIONS = 6  # of each case
SEEDS = (31, 32)


class ExtraInputs:
    """A question with many more cases: other sizes, double precision, large magnitudes. One for all its mutants."""

    def __init__(self, entry: Entry, kit: Kit) -> None:
        question = with_more_cases(entry.question)
        self._desks = [Desk(entry, replace(kit, seed=seed), question) for seed in SEEDS]

    def told_apart(self, source: str) -> str | None:
        """The check and case by which some source differs from the reference; None where nothing does."""
        for desk in self._desks:
            with desk.driver(source, "mutant.py") as driver:
                try:
                    if driver.open() is not None:
                        return "it can't be loaded"
                    for check in desk.plan.checks:
                        seen = driver.observe(check.run)
                        found = _difference(desk, check, seen)
                        if found is not None:
                            return found
                except Lost as lost:
                    return lost.message.en
        return None


def with_more_cases(question: Question) -> Question:
    """The same question with variations of each of its cases; every check runs on all that fit it."""
    draw = random.Random(question.id)
    more: dict[str, list[Case]] = {
        case.name: [_variation(case, question, draw, number) for number in range(VARIATIONS)] for case in question.cases
    }
    checks = [
        msgspec.structs.replace(check, cases=[one.name for name in check.cases for one in more[name]])
        if check.cases is not None
        else check
        for check in question.checks
    ]
    wanted = question.battery.cases
    names = None if wanted is None else [one.name for name in wanted for one in more[name]]
    return msgspec.structs.replace(
        question,
        cases=[one for cases in more.values() for one in cases],
        checks=checks,
        battery=msgspec.structs.replace(question.battery, cases=names),
    )


def _variation(case: Case, question: Question, draw: random.Random, number: int) -> Case:
    sizes = {**question.sizes, **case.sizes}
    changed = {letter: max(1, size + draw.choice((-2, -1, 0, 1, 2, 3))) for letter, size in sizes.items()}
    return msgspec.structs.replace(
        case,
        name=f"{case.name}, variation {number + 1}",
        sizes=changed if number and not _has_literals(case, question) else sizes,
        scale=case.scale * draw.choice((1.0, 1.0, 0.01, 10.0)),
        dtype=draw.choice((case.dtype, "float64")) if case.dtype == "float32" else case.dtype,
    )


def _has_literals(case: Case, question: Question) -> bool:
    """Whether an argument is written out, such as the lengths of a batch: it would not fit other sizes."""
    specs = {**question.arguments, **(question.construct or {}), **case.arguments, **case.construct}
    return any(spec.tensor is not UNSET or isinstance(spec.value, list) for spec in specs.values())


def _difference(desk: Desk, check: PlannedCheck, seen: Sequence[Observed]) -> str | None:
    cases = desk.plan.runs[check.run].cases
    expected = desk.oracle.expected()[check.run]
    for case, got, wanted in zip(cases, seen, expected, strict=True):
        if _is_legal(wanted):
            result = judge_check(replace(check, nan_equal=True), [case], [got], [wanted])
            if result.verdict is not Verdict.ACCEPTED:
                message = result.message.en if result.message else ""
                return f"check '{check.name}' in case '{case.words.en}': {message}"
    return None


def _is_legal(wanted: Expected) -> bool:
    """Sizes are drawn blindly. Where the reference itself refuses them, nothing is to be compared; where it has no
    number for them, nobody needs one."""
    return isinstance(wanted.own, Values) and isinstance(wanted.truth, Values)
