"""Grading one submission: observe, judge, name the mistake, add up."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import msgspec

from grader import wire
from grader.errors import SpecError
from grader.grading.desk import Desk
from grader.grading.driver import Driver
from grader.intake import Submission, read_answers
from grader.judge import judge_check, judge_part, messages, not_run, ran_out_of_memory, stopped
from grader.observed import Observed
from grader.plan import PlannedCheck
from grader.question import read_text
from grader.result import CheckResult, MistakeName, Result, Suspicion
from grader.sandbox import Lost
from grader.text import Text, untranslated
from grader.verdict import Verdict, worst

MAX_OUTPUT = 20_000  # characters of printed output that a result keeps: the end


@dataclass(frozen=True)
class Handling:
    """How the checks of one submission are gone through. None of it may change a verdict."""

    name_mistakes: bool = True
    stop_early: bool = False  # nothing runs after the first check that fails
    backwards: bool = False  # observed in reverse order: an answer must not depend on what ran before


def grade_code(desk: Desk, submission: Submission, handling: Handling) -> Result:
    """The result of a submission that is code. Raises BrokenGrader where our own side fails."""
    desk.oracle.expected()  # before the submission: its fault must not look like the candidate's
    with desk.driver(submission.source, PurePath(submission.file).name) as driver:
        try:
            failure = _open(driver)
        except Lost as lost:
            failure = (lost.verdict, lost.message, None)
        checks = [] if failure else _Checks(desk, driver, handling).all()
    if failure:
        verdict, message, line = failure
        checks = [_untouched(check, message) for check in desk.plan.checks]
        result = refused(desk, submission, verdict, message, checks)
        if line is not None and checks:
            result = msgspec.structs.replace(
                result, checks=[msgspec.structs.replace(checks[0], line=line), *checks[1:]]
            )
    else:
        result = _summed(desk, submission, checks)
        if _is_stub(desk, submission) and result.verdict is not Verdict.ACCEPTED:
            result = msgspec.structs.replace(result, message=messages.UNCHANGED_STUB)
    return _with_usage(result, driver)


def _open(driver: Driver) -> tuple[Verdict, Text, int | None] | None:
    """Load the file. Returns what is wrong with it, or None."""
    error = driver.open()
    examined = driver.examined
    if examined.error is not None:
        return Verdict.RUNTIME_ERROR, messages.syntax_error(examined.error), examined.error.line
    if examined.violations:
        names = sorted({finding.what for finding in examined.violations})
        lines = sorted({finding.line for finding in examined.violations})
        return Verdict.RULE_VIOLATION, messages.forbidden(names, lines), lines[0]
    return None if error is None else _load_failure(error)


def _load_failure(error: wire.Raised) -> tuple[Verdict, Text, int | None]:
    if error.types[:1] == ["MissingEntry"]:
        return Verdict.RUNTIME_ERROR, messages.missing_entry(error.message), None
    if "ForbiddenCall" in error.types:
        return Verdict.RULE_VIOLATION, messages.failed_to_load(error), error.line
    verdict = Verdict.MEMORY_LIMIT_EXCEEDED if ran_out_of_memory(error) else Verdict.RUNTIME_ERROR
    return verdict, messages.failed_to_load(error), error.line


class _Checks:
    """The checks of one submission, in order."""

    def __init__(self, desk: Desk, driver: Driver, handling: Handling) -> None:
        self._desk = desk
        self._driver = driver
        self._handling = handling
        self._seen: dict[int, Sequence[Observed]] = {}
        self._lost: dict[int, Lost] = {}
        self._failed: dict[str, PlannedCheck] = {}

    def all(self) -> list[CheckResult]:
        if self._handling.backwards:
            self._observe_backwards()
        results = []
        for check in self._desk.plan.checks:
            results.append(self._one(check))
            if results[-1].verdict is not Verdict.ACCEPTED:
                self._failed[check.name] = check
                if self._handling.stop_early:
                    break
        return self._with_mistakes(self._with_caught_calls(results))

    def _one(self, check: PlannedCheck) -> CheckResult:
        blocking = [self._failed[name] for name in check.needs if name in self._failed]
        if blocking:
            return not_run(check, blocking)
        try:
            seen = self._observe(check.run)
        except Lost as lost:
            return stopped(check, lost.verdict, lost.message)
        expected = self._desk.oracle.expected()[check.run]
        return judge_check(check, self._desk.plan.runs[check.run].cases, seen, expected)

    def _observe_backwards(self) -> None:
        for run in reversed(range(len(self._desk.plan.runs))):
            with suppress(Lost):  # kept, and raised again where it is asked for
                self._observe(run)

    def _observe(self, run: int) -> Sequence[Observed]:
        if run in self._lost:
            raise self._lost[run]
        if run not in self._seen:
            try:
                self._seen[run] = self._driver.observe(run)
            except Lost as lost:
                self._lost[run] = lost
                raise
        return self._seen[run]

    def _with_caught_calls(self, results: list[CheckResult]) -> list[CheckResult]:
        """A forbidden call costs all points, also where the submission caught the exception."""
        if not any(one.verdict is Verdict.RULE_VIOLATION for one in results):
            if not self._driver.called:
                return results
            message = messages.forbidden(sorted(self._driver.called))
            results[0] = msgspec.structs.replace(results[0], verdict=Verdict.RULE_VIOLATION, message=message)
        return [msgspec.structs.replace(one, points=0) for one in results]

    def _with_mistakes(self, results: list[CheckResult]) -> list[CheckResult]:
        if not self._handling.name_mistakes:
            return results
        checks = {check.name: check for check in self._desk.plan.checks}
        wrong = [one.name for one in results if one.verdict in (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)]
        # Two mistakes at once cost processes, so they are looked for only where the answer fails first.
        pairs = set(wrong[:1]) if not self._handling.stop_early else set()
        return [
            msgspec.structs.replace(one, mistake=self._mistake(checks[one.name], one.name in pairs))
            if one.name in wrong
            else one
            for one in results
        ]

    def _mistake(self, check: PlannedCheck, pairs: bool) -> MistakeName | None:
        if check.run not in self._seen:
            return None
        return self._desk.naming.of(check, self._seen, pairs)


def _untouched(check: PlannedCheck, message: Text) -> CheckResult:
    result = not_run(check, [])
    return msgspec.structs.replace(result, message=message)


def refused(
    desk: Desk, submission: Submission, verdict: Verdict, message: Text, checks: Sequence[CheckResult] = ()
) -> Result:
    """The result of a submission of which no check could run."""
    result = _summed(desk, submission, list(checks))
    maximum = result.max_points or sum(part.points for part in desk.question.parts if part.kind != "text")
    if not maximum and desk.question.kind.is_code:
        maximum = sum(check.points for check in desk.plan.checks)
    return msgspec.structs.replace(result, verdict=verdict, message=message, points=0, max_points=maximum)


def _summed(desk: Desk, submission: Submission, checks: list[CheckResult]) -> Result:
    automatic = [check for check in checks if not check.manual]
    return Result(
        candidate=submission.candidate,
        question=submission.question,
        title=desk.question.title,
        kind=desk.question.kind,
        verdict=worst(check.verdict for check in automatic),
        points=sum(check.points for check in automatic),
        max_points=sum(check.max_points for check in automatic),
        seconds=0.0,
        checks=checks,
        file=submission.file,
        source=submission.source,
        source_hash=submission.source_hash,
        question_hash=desk.content_hash,
        manual_points=sum(check.max_points for check in checks if check.manual),
    )


def _with_usage(result: Result, driver: Driver) -> Result:
    usage = driver.usage
    return msgspec.structs.replace(
        result,
        seconds=round(usage.seconds, 4),
        megabytes=round(usage.megabytes, 1),
        output=usage.output[-MAX_OUTPUT:],
        suspicions=[Suspicion(found.line, found.what) for found in driver.examined.suspicions],
    )


def _is_stub(desk: Desk, submission: Submission) -> bool:
    return submission.source.split() == desk.stub.split()


# --- concept questions ---


def grade_concept(desk: Desk, submission: Submission) -> Result:
    """The result of answers to a concept question; nothing is executed."""
    question = desk.question
    parts = [part.id for part in question.parts]
    try:
        answers = read_answers(submission.source, PurePath(submission.file).name, parts)
    except SpecError as error:
        return refused(desk, submission, Verdict.RUNTIME_ERROR, untranslated(str(error)))
    key = read_answers(read_text(desk.entry.reference), str(desk.entry.reference), parts)
    mistakes = _wrong_answers(desk, parts)
    checks = [
        judge_part(part, answers.get(part.id), key.get(part.id), _to_part(mistakes, part.id)) for part in question.parts
    ]
    return _summed(desk, submission, checks)


def _wrong_answers(desk: Desk, parts: list[str]) -> list[tuple[MistakeName, dict[str, Any]]]:
    return [
        (desk.oracle.name_of(one.id), read_answers(one.source, one.place, parts))
        for one in desk.entry.known
        if one.verdict is Verdict.WRONG_ANSWER and one.id in desk.entry.mistakes
    ]


def _to_part(mistakes: list[tuple[MistakeName, dict[str, Any]]], part: str) -> dict[str, tuple[object, MistakeName]]:
    return {name.id: (answers[part], name) for name, answers in mistakes if part in answers}
