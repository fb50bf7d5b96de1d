"""What the trusted solutions of a question return: the reference, and the known mistakes. Run once, used often."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from grader.errors import BrokenGrader
from grader.grading.driver import Driver, Frames
from grader.judge import Expected, passing
from grader.observed import Observed
from grader.plan import Plan, PlannedCheck
from grader.question import Entry, KnownSolution, read_text, with_both
from grader.result import MistakeName
from grader.sandbox import Lost, Sandbox
from grader.verdict import Verdict

MISTAKEN = (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)  # in this order: where two mistakes tie, the first is named


class Oracle:
    """Expected observations and those of known mistakes, for one question, seed and device. Thread-safe."""

    def __init__(self, entry: Entry, frames: Frames, sandbox: Sandbox) -> None:
        self._entry = entry
        self._frames = frames
        self._sandbox = sandbox
        self._expected: Mapping[int, Sequence[Expected]] | None = None
        self._mistakes: Mapping[str, Mapping[int, Sequence[Observed]]] | None = None
        self._expecting = threading.Lock()
        self._naming = threading.Lock()

    @property
    def plan(self) -> Plan:
        return self._frames.plan

    def expected(self) -> Mapping[int, Sequence[Expected]]:
        """What the reference returns, by run. Raises BrokenGrader where it does not come through."""
        with self._expecting:
            if self._expected is None:
                self._expected = self._run_reference()
            return self._expected

    def passing(self, check: PlannedCheck, seen: Sequence[Observed]) -> list[bool]:
        """Which cases of a check are passed by what was seen in its run."""
        return passing(check, self.plan.runs[check.run].cases, seen, self.expected()[check.run])

    def mistakes(self) -> Mapping[str, Mapping[int, Sequence[Observed]]]:
        """What each known mistake returns, by its id and by run.

        Left out is a run that it does not survive, and one for a criterion to which a submission like it does not come.
        """
        with self._naming:
            if self._mistakes is None:
                self._mistakes = {one.id: self._run(one.source, one.file) for one in self._named()}
            return self._mistakes

    def of_both(self, one: str, other: str) -> Mapping[int, Sequence[Observed]] | None:
        """What comes out where two known mistakes are made at once; None where they can't be joined."""
        named = {solution.id: solution for solution in self._named()}
        source = with_both(named[one], named[other])
        return None if source is None else self._run(source, "both.py")

    def name_of(self, mistake: str) -> MistakeName:
        return self._entry.mistakes[mistake]

    def _named(self) -> list[KnownSolution]:
        names = self._entry.mistakes
        wrong = [one for one in self._entry.known if one.id in names and one.verdict in MISTAKEN]
        return sorted(wrong, key=lambda one: MISTAKEN.index(one.verdict))

    def _run_reference(self) -> dict[int, Sequence[Expected]]:
        reference = self._entry.reference
        with Driver(self._sandbox, self._frames, read_text(reference), reference.name) as driver:
            try:
                error = driver.open()
                if error is not None or driver.examined.violations:
                    what = error.message if error else "it breaks the question's own rules"
                    raise BrokenGrader(f"{self._entry.id}: the reference can't be loaded: {what}")
                return {run: self._expect(driver, run) for run in range(len(self.plan.runs))}
            except Lost as lost:
                raise BrokenGrader(f"{self._entry.id}: the reference failed: {lost.message.en}") from None

    def _expect(self, driver: Driver, run: int) -> list[Expected]:
        own = driver.observe(run)
        truth = driver.observe(run, float64=True)
        return [Expected(one, other) for one, other in zip(own, truth, strict=True)]

    def _run(self, source: str, filename: str) -> dict[int, Sequence[Observed]]:
        """What a wrong solution returns. Behind a failed check it is not trained, nor are many draws taken."""
        self.expected()
        with Driver(self._sandbox, self._frames, source, filename) as driver:
            try:
                return {} if driver.open() is not None else self._observe(driver)
            except Lost:
                return {}

    def _observe(self, driver: Driver) -> dict[int, Sequence[Observed]]:
        observed: dict[int, Sequence[Observed]] = {}
        failed: set[str] = set()
        for check in self.plan.checks:
            blocked = check.criterion is not None and not failed.isdisjoint(check.needs)
            if check.run not in observed and not blocked:
                with suppress(Lost):
                    observed[check.run] = driver.observe(check.run)
            if check.run not in observed or not all(self.passing(check, observed[check.run])):
                failed.add(check.name)
        return observed
