"""The standard battery as checks: what every question that takes tensors is tried for, unless its spec says why not."""

from __future__ import annotations

from collections.abc import Iterator

from grader.question import Check, Condition, Question, conditions_of

_WORTH = ("values", "exact", "shape", None)  # how much a check says of a submission, by what it compares


def battery_checks(question: Question) -> Iterator[tuple[Check, Condition]]:
    """The checks of the battery that fit a question, after its own, and the condition that each of them tries."""
    for condition in conditions_of(question):
        yield _check(question, condition), condition


def _check(question: Question, condition: Condition) -> Check:
    return Check(
        name=condition.check,
        title=condition.title,
        probe=condition.probe,
        compare=condition.compare,
        points=question.battery.points,
        mode=condition.mode,
        tolerance=condition.tolerance,
        needs=_what_must_pass_first(question),
        cases=_cases(question, condition),
    )


def _cases(question: Question, condition: Condition) -> list[str]:
    wanted = question.battery.cases
    cases = [case for case in question.cases if wanted is None or case.name in wanted]
    return [case.name for case in condition.cases(cases)]


def _what_must_pass_first(question: Question) -> list[str]:
    """The question's main check: a submission that fails it need not be told of its manners."""
    compared = [check for check in question.checks if check.probe != "parameters"]
    by_worth = sorted(compared or question.checks, key=lambda check: _WORTH.index(check.compare))
    return [check.name for check in by_worth[:1]]
