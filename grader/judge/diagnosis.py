"""Naming the mistake: whose known wrong solution returns what the submission returned?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from grader.judge.compare import Expected, Rules, compare
from grader.observed import Observed, Values
from grader.plan import PlannedCheck
from grader.wire import Raised

# Two runs of one mistake in different styles each round; both are measured against one another.
_SLACK = 4.0

Runs = Mapping[int, Sequence[Observed]]  # observations by the index of the run


def name_mistake(
    check: PlannedCheck,
    seen: Runs,
    known: Mapping[str, Runs],
    passes: Callable[[PlannedCheck, Sequence[Observed]], bool],
    faults: Callable[[str], int],
) -> str | None:
    """The known mistake that returns the same in every case of the check's run, and does not pass the check.

    Where several do, the one that agrees in the most other runs; then the one with the fewest faults, as nobody should
    be told of one that can't be seen here; then the closest. None where none does.
    """
    matching = [
        mistake
        for mistake, runs in known.items()
        if check.run in runs
        and distance(seen[check.run], runs[check.run], check) is not None
        and not passes(check, runs[check.run])
    ]
    if len(matching) < 2:
        return matching[0] if matching else None

    def key(mistake: str) -> tuple[int, int, float]:
        agreeing, distances = _agreement(check, seen, known[mistake])
        return agreeing, -faults(mistake), -distances

    return max(matching, key=key)


def indistinguishable(checks: Sequence[PlannedCheck], known: Mapping[str, Runs]) -> Iterator[tuple[str, str]]:
    """Pairs of known mistakes whose observations are the same in every run of every check."""
    for one, other in combinations(sorted(known), 2):
        if known[one] and known[one].keys() == known[other].keys() and _same(checks, known[one], known[other]):
            yield one, other


def _same(checks: Sequence[PlannedCheck], one: Runs, other: Runs) -> bool:
    return all(distance(one[check.run], other[check.run], check) is not None for check in checks if check.run in one)


def _agreement(check: PlannedCheck, seen: Runs, runs: Runs) -> tuple[int, float]:
    """In how many runs two solutions agree, and how far apart they are there."""
    distances = [distance(outcomes, runs[run], check) for run, outcomes in seen.items() if run in runs]
    agreeing = [one for one in distances if one is not None]
    return len(agreeing), sum(agreeing)


def distance(seen: Sequence[Observed], other: Sequence[Observed], check: PlannedCheck) -> float | None:
    """The largest error over what is allowed between two solutions, in any case; None where they differ."""
    rules = Rules("values", check.tolerance, nan_equal=True, slack=_SLACK, describe=False)
    if len(seen) != len(other):
        return None
    largest = 0.0
    for one, two in zip(seen, other, strict=True):
        found = _distance(one, two, rules)
        if found is None:
            return None
        largest = max(largest, found)
    return largest


def _distance(one: Observed, other: Observed, rules: Rules) -> float | None:
    if isinstance(one, Values) and isinstance(other, Values):
        found = compare(one, Expected(other, other), rules)
        return found.margin if found.problem is None else None
    if isinstance(one, Raised) and isinstance(other, Raised):
        alike = one.types[:1] == other.types[:1] and one.message == other.message
        return 0.0 if alike else None
    return None
