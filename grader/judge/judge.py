"""From the observations of one check to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from grader.judge import words
from grader.judge.compare import Comparison, Expected, Rules, compare
from grader.judge.criteria import judge_criterion
from grader.judge.hints import cases_hint, device_hint, gradients_hint, hint_of
from grader.judge.observed import Observed, Values
from grader.judge.pictures import picture_of
from grader.plan import PlannedCase, PlannedCheck
from grader.result import CheckResult
from grader.text import Text
from grader.verdict import Verdict
from grader.wire import Raised

FORBIDDEN = "ForbiddenCall"
OUT_OF_MEMORY = ("DefaultCPUAllocator", "CUDA out of memory", "std::bad_alloc", "bad allocation")
_DEVICE_MISMATCH = "DeviceMismatch"


@dataclass(frozen=True)
class Judged:
    """One case of one check."""

    verdict: Verdict
    comparison: Comparison
    raised: Raised | None = None


def judge_check(
    check: PlannedCheck,
    cases: Sequence[PlannedCase],
    seen: Sequence[Observed],
    expected: Sequence[Expected],
) -> CheckResult:
    """The result of a check: its smallest failing case, or the largest margin where none fails."""
    judged = [_judge_case(check, *one) for one in zip(cases, seen, expected, strict=True)]
    failing = [index for index, one in enumerate(judged) if one.verdict is not Verdict.ACCEPTED]
    if failing:
        index = min(failing, key=lambda index: cases[index].elements)
        failed = _failed(check, cases[index], seen[index], expected[index], judged[index])
        passed = [case.words for place, case in enumerate(cases) if place not in failing]
        hint = _hint(check, cases[index], failed, seen[index], expected[index]) or cases_hint(passed)
        return msgspec.structs.replace(failed, hint=hint if failed.verdict is Verdict.WRONG_ANSWER else None)
    return msgspec.structs.replace(
        _result(check, Verdict.ACCEPTED),
        points=check.points,
        margin=max((one.comparison.margin for one in judged), default=0.0),
        picture=picture_of(check.show, seen[0], expected[0].own),
    )


def passing(
    check: PlannedCheck,
    cases: Sequence[PlannedCase],
    seen: Sequence[Observed],
    expected: Sequence[Expected],
) -> list[bool]:
    """Which cases a check accepts; nothing is worked out that only a report would show."""
    judged = (_judge_case(check, *one, describe=False) for one in zip(cases, seen, expected, strict=True))
    return [one.verdict is Verdict.ACCEPTED for one in judged]


def _hint(check: PlannedCheck, case: PlannedCase, failed: CheckResult, got: Observed, wanted: Expected) -> Text | None:
    if isinstance(got, Raised):
        return device_hint() if _DEVICE_MISMATCH in got.types else None
    found = hint_of(got, wanted, case.sent, _rules(check, describe=False)) if check.criterion is None else None
    return found or (gradients_hint() if check.of_a_right_result else None)


def not_run(check: PlannedCheck, failed: Sequence[PlannedCheck]) -> CheckResult:
    """A check that was skipped, because others that it needs did not pass."""
    message = words.needs([one.name for one in failed], [one.title for one in failed])
    return msgspec.structs.replace(_result(check, Verdict.SKIPPED), message=message)


def stopped(check: PlannedCheck, verdict: Verdict, message: Text) -> CheckResult:
    """A check that came to no end: the submission's process was stopped or died."""
    return msgspec.structs.replace(_result(check, verdict), message=message)


def _result(check: PlannedCheck, verdict: Verdict) -> CheckResult:
    return CheckResult(name=check.name, title=check.title, verdict=verdict, points=0, max_points=check.points)


def _failed(check: PlannedCheck, case: PlannedCase, got: Observed, wanted: Expected, judged: Judged) -> CheckResult:
    comparison, raised = judged.comparison, judged.raised
    return msgspec.structs.replace(
        _result(check, judged.verdict),
        case=case.words,
        message=comparison.problem,
        difference=comparison.difference,
        picture=picture_of(check.show, got, wanted.own),
        line=raised.line if raised else None,
        trace=raised.trace if raised else "",
        margin=comparison.margin if np.isfinite(comparison.margin) else None,
    )


def _judge_case(
    check: PlannedCheck, case: PlannedCase, got: Observed, wanted: Expected, describe: bool = True
) -> Judged:
    if isinstance(got, Raised):
        return _judge_exception(got, wanted)
    if _is_device_claim(got, wanted):
        return Judged(Verdict.ACCEPTED, Comparison())
    if check.criterion is not None:
        comparison = judge_criterion(got, wanted, case.held, check.criterion)
    else:
        comparison = compare(got, wanted, _rules(check, describe))
    verdict = Verdict.ACCEPTED if comparison.problem is None else Verdict.WRONG_ANSWER
    return Judged(verdict, comparison)


def _rules(check: PlannedCheck, describe: bool) -> Rules:
    return Rules(check.compare or "values", check.tolerance, check.nan_equal, describe=describe)


def _is_device_claim(got: Values, wanted: Expected) -> bool:
    """The device probe says `ok` or `inconclusive`, and neither is wrong: only a mismatch is."""
    return list(got.leaves) == ["devices"] and isinstance(wanted.own, Values) and "devices" in wanted.own.leaves


def _judge_exception(got: Raised, wanted: Expected) -> Judged:
    if FORBIDDEN in got.types:
        return Judged(Verdict.RULE_VIOLATION, _problem(words.raised(got)), got)
    if isinstance(wanted.own, Raised):
        if wanted.own.types[0] in got.types:
            return Judged(Verdict.ACCEPTED, Comparison())
        return Judged(Verdict.WRONG_ANSWER, _problem(words.wrong_exception(got, wanted.own)), got)
    if ran_out_of_memory(got):
        return Judged(Verdict.MEMORY_LIMIT_EXCEEDED, _problem(words.out_of_memory(got)), got)
    verdict = Verdict.WRONG_ANSWER if _DEVICE_MISMATCH in got.types else Verdict.RUNTIME_ERROR
    return Judged(verdict, _problem(words.raised(got)), got)


def ran_out_of_memory(error: Raised) -> bool:
    """Whether an exception says that memory could not be had."""
    return "MemoryError" in error.types or any(sign in error.message for sign in OUT_OF_MEMORY)


def _problem(message: Text) -> Comparison:
    return Comparison(message, margin=np.inf)
