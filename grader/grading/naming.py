"""Calling a wrong answer by its mistake: a known one, or two known ones at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice

from grader.grading.oracle import Oracle
from grader.judge import Runs, name_mistake
from grader.observed import Observed
from grader.plan import PlannedCheck
from grader.result import MistakeName
from grader.text import Text

Failures = frozenset[tuple[str, int]]  # names of checks, and the index of the case
MAX_PAIRS = 40  # that are tried for one failed check; each takes a process, the first time


class Naming:
    """Names the mistakes of one question's wrong answers. Thread-safe."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        self._failures: dict[str, Failures] | None = None
        self._pairs: dict[tuple[str, str], Runs | None] = {}
        self._lock = threading.Lock()

    def of(self, check: PlannedCheck, seen: Runs, pairs: bool) -> MistakeName | None:
        """The mistake that returns what was seen in the run of a failed check; None where none is known.

        seen: the observations of the wrong answer, by run. pairs: whether two mistakes at once are tried as well.
        """
        found = name_mistake(check, seen, self._oracle.mistakes(), self._passes, self._faults)
        if found is not None:
            return self._oracle.name_of(found)
        joined = {f"{one}+{other}": runs for (one, other), runs in self._likely(check, seen)} if pairs else {}
        found = name_mistake(check, seen, joined, self._passes, lambda pair: 0)
        return _both(*[self._oracle.name_of(mistake) for mistake in found.split("+")]) if found else None

    def _passes(self, check: PlannedCheck, seen: Sequence[Observed]) -> bool:
        return all(self._oracle.passing(check, seen))

    def _faults(self, mistake: str) -> int:
        return len(self._failing()[mistake])

    def _failing(self) -> Mapping[str, Failures]:
        """The checks and cases that each known mistake fails."""
        with self._lock:
            if self._failures is None:
                self._failures = {name: self._failed_by(runs) for name, runs in self._oracle.mistakes().items()}
            return self._failures

    def _failed_by(self, runs: Runs) -> Failures:
        checks = [check for check in self._oracle.plan.checks if check.run in runs]
        return frozenset(
            (check.name, case)
            for check in checks
            for case, passed in enumerate(self._oracle.passing(check, runs[check.run]))
            if not passed
        )

    def _likely(self, check: PlannedCheck, seen: Runs) -> Iterator[tuple[tuple[str, str], Runs]]:
        """Pairs that can be joined, of mistakes that each fail the check: one that does not would change nothing.

        First those that between them fail what failed, of what was seen.
        """
        failing, failed = self._failing(), self._failed_by(seen)
        judged = {one.name for one in self._oracle.plan.checks if one.run in seen}

        def unlike(pair: tuple[str, str]) -> int:
            between = {one for one in failing[pair[0]] | failing[pair[1]] if one[0] in judged}
            return len(between ^ failed)

        able = sorted(name for name, failures in failing.items() if any(one == check.name for one, _ in failures))
        joined = ((pair, self._run(pair)) for pair in sorted(combinations(able, 2), key=unlike))
        return islice(((pair, runs) for pair, runs in joined if runs is not None), MAX_PAIRS)

    def _run(self, pair: tuple[str, str]) -> Runs | None:
        with self._lock:
            if pair not in self._pairs:
                self._pairs[pair] = self._oracle.of_both(*pair)
            return self._pairs[pair]


def _both(one: MistakeName, other: MistakeName) -> MistakeName:
    return MistakeName(
        id=f"{one.id}+{other.id}",
        name=Text(en=f"{one.name.en}, and {other.name.en}", zh=f"{one.name.zh}，并且{other.name.zh}"),
        way_out=Text(en=f"{one.way_out.en} {other.way_out.en}", zh=f"{one.way_out.zh}{other.way_out.zh}"),
    )
