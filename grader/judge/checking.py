"""From the observations of one check to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from grader.judge import messages
from grader.judge.compare import Comparison, Expected, Rules, compare
from grader.judge.criteria import judge_criterion
from grader.judge.hints import cases_hint, device_hint, gradients_hint, hint_of
from grader.judge.pictures import picture_of
from grader.observed import Observed, Values
from grader.plan import PlannedCase, PlannedCheck
from grader.result import CheckResult
from grader.text import Text
from grader.verdict import Verdict
from grader.wire import PlainValue, Raised

FORBIDDEN = "ForbiddenCall"
OUT_OF_MEMORY = ("DefaultCPUAllocator", "CUDA out of memory", "std::bad_alloc", "bad allocation")
_DEVICE_MISMATCH = "DeviceMismatch"
_CAUGHT_MISMATCH = "CaughtMismatch"
_RAISES_ELSEWHERE = "RaisesElsewhere"
_PLAYED = ("ok", "inconclusive")  # what the device probe says of a call that no device refused
_ELSEWHERE = PlainValue("elsewhere")


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
    if _is_device_claim(wanted):
        return None
    found = hint_of(got, wanted, case.sent, _rules(check, describe=False)) if check.criterion is None else None
    return found or (gradients_hint() if check.of_a_right_result else None)


def not_run(check: PlannedCheck, failed: Sequence[PlannedCheck]) -> CheckResult:
    """A check that was skipped, because others that it needs did not pass."""
    message = messages.needs([one.name for one in failed], [one.title for one in failed])
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
    if isinstance(got, Raised) and _RAISES_ELSEWHERE in got.types and _device_outcome(wanted.own) == "inconclusive":
        return Judged(Verdict.ACCEPTED, Comparison())  # the reference could not be played either
    if isinstance(got, Raised):
        return _judge_exception(got, wanted)
    if _is_device_claim(wanted):
        comparison = _compare_devices(got, wanted)
    elif check.criterion is not None:
        comparison = judge_criterion(got, wanted, case.held, check.criterion)
    else:
        comparison = compare(got, wanted, _rules(check, describe))
    verdict = Verdict.ACCEPTED if comparison.problem is None else Verdict.WRONG_ANSWER
    return Judged(verdict, comparison)


def _rules(check: PlannedCheck, describe: bool) -> Rules:
    return Rules(check.compare or "values", check.tolerance, check.nan_equal, describe=describe)


def _is_device_claim(wanted: Expected) -> bool:
    """Whether a check asks where things lie. The first that the reference says then is `ok` or `inconclusive`."""
    return _device_outcome(wanted.own) in _PLAYED


def _device_outcome(seen: Observed) -> object:
    leaf = seen.leaves.get("devices") if isinstance(seen, Values) else None
    return leaf.value if isinstance(leaf, PlainValue) else None


def _compare_devices(got: Values, wanted: Expected) -> Comparison:
    """A result may lie on the CPU where the reference's does, and where one of the two could not be played."""
    assert isinstance(wanted.own, Values)
    outcome = _device_outcome(got)
    if _device_outcome(wanted.own) == "inconclusive" or outcome == "inconclusive":
        return Comparison()
    if outcome != "ok":
        return _problem(messages.wrong_value("devices", outcome, "ok"))
    for name, place in wanted.own.leaves.items():
        if place == _ELSEWHERE and got.leaves.get(name) != _ELSEWHERE:
            return _problem(messages.result_on_cpu(name) if name in got.leaves else messages.missing_elsewhere(name))
    return Comparison()


def _judge_exception(got: Raised, wanted: Expected) -> Judged:
    if FORBIDDEN in got.types:
        return Judged(Verdict.RULE_VIOLATION, _problem(messages.raised(got)), got)
    if isinstance(wanted.own, Raised):
        if wanted.own.types[0] in got.types:
            return Judged(Verdict.ACCEPTED, Comparison())
        return Judged(Verdict.WRONG_ANSWER, _problem(messages.wrong_exception(got, wanted.own)), got)
    if ran_out_of_memory(got):
        return Judged(Verdict.MEMORY_LIMIT_EXCEEDED, _problem(messages.out_of_memory(got)), got)
    if _CAUGHT_MISMATCH in got.types:
        return Judged(Verdict.WRONG_ANSWER, _problem(messages.caught_mismatch(got)), got)
    if _DEVICE_MISMATCH in got.types:
        return Judged(Verdict.WRONG_ANSWER, _problem(messages.raised(got)), got)
    if _RAISES_ELSEWHERE in got.types:
        return Judged(Verdict.RUNTIME_ERROR, _problem(messages.raises_elsewhere(got)), got)
    return Judged(Verdict.RUNTIME_ERROR, _problem(messages.raised(got)), got)


def ran_out_of_memory(error: Raised) -> bool:
    """Whether an exception says that memory could not be had."""
    return "MemoryError" in error.types or any(sign in error.message for sign in OUT_OF_MEMORY)


def _problem(message: Text) -> Comparison:
    return Comparison(message, margin=np.inf)
