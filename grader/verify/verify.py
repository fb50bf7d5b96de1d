"""What is asked of a question before anybody is graded with it.

The reference and every solution under accepted/ are accepted, every other solution gets the verdict that is
its folder's name, the stub is not accepted, and no check is one that cannot fail. All of it with several seeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from grader.bank import Entry
from grader.desk import Desk
from grader.errors import GraderError
from grader.judge.compare import Expected
from grader.judge.observed import Tensor, Values
from grader.pipeline import Grader
from grader.plan import PlannedCheck
from grader.result import Result
from grader.submission import Submission, read_submission
from grader.verdict import Verdict

FOLDERS = tuple(verdict for verdict in Verdict if verdict not in (Verdict.SKIPPED, Verdict.GRADER_ERROR))
SEEDS = (20170612, 1, 2)  # the seed of `check`, and two others


@dataclass(frozen=True)
class Proof:
    """What was found about one question."""

    question: str
    problems: list[str] = field(default_factory=list)  # each one sentence; none: the question is clean
    solutions: int = 0  # solutions that were graded
    named: int = 0  # known mistakes that got their own name
    mistakes: int = 0  # known mistakes
    notes: list[str] = field(default_factory=list)  # no failures, but worth a look


def verify(grader: Grader, entry: Entry, seeds: Sequence[int] = SEEDS) -> Proof:
    """The proof of one question. A question that can't be graded at all is a problem too."""
    try:
        problems: list[str] = []
        notes: list[str] = []
        results: dict[Path, Result] = {}
        for seed in seeds:
            for path, wanted in promises(entry):
                result = grader.grade(_submission(entry, path), seed)
                results.setdefault(path, result)
                problems += _broken_promise(path, wanted, result, seed)
            problems += _idle_checks(grader, entry, seed)
        problems += _stub_accepted(grader, entry)
        mistakes = {path.stem: result for path, result in results.items() if path.parent.name == "wrong_answer"}
        own = [stem for stem, result in mistakes.items() if stem in _names(result)]
        notes += [_other_name(stem, result) for stem, result in mistakes.items() if stem not in own]
        return Proof(entry.id, _once(problems), len(results), len(own), len(mistakes), _once(notes))
    except GraderError as error:
        return Proof(entry.id, [str(error)])
    finally:
        grader.forget(entry.id)


def promises(entry: Entry) -> Iterator[tuple[Path, Verdict]]:
    """Every solution of a question and the verdict that it must get. Raises SpecError."""
    yield entry.reference, Verdict.ACCEPTED
    for verdict in FOLDERS:
        for path in entry.solutions_in(str(verdict)):
            yield path, verdict


def _submission(entry: Entry, path: Path) -> Submission:
    return read_submission(path, "verify", entry.id, path.parent)


def _broken_promise(path: Path, wanted: Verdict, result: Result, seed: int) -> list[str]:
    if result.verdict is wanted:
        return []
    where = f"{path.parent.name}/{path.name}" if path.stem != "reference" else path.name
    return [f"{where} is {result.verdict} instead of {wanted} (seed {seed}): {_reason(result)}"]


def _reason(result: Result) -> str:
    """The first thing that went wrong, in one line."""
    if result.message is not None:
        return result.message.en
    for check in result.checks:
        if check.verdict not in (Verdict.ACCEPTED, Verdict.SKIPPED) and check.message is not None:
            case = f" in case '{check.case.en}'" if check.case else ""
            return f"check '{check.name}'{case}: {check.message.en}"
    return "every check passes"


def _stub_accepted(grader: Grader, entry: Entry) -> list[str]:
    result = grader.grade(_submission(entry, entry.stub))
    return ["the stub is accepted as it is"] if result.verdict is Verdict.ACCEPTED else []


def _names(result: Result) -> set[str]:
    return {check.mistake.id for check in result.checks if check.mistake is not None}


def _other_name(stem: str, result: Result) -> str:
    names = _names(result)
    called = f"is called {' and '.join(sorted(names))}" if names else "gets no name"
    return f"the mistake {stem} {called}"


def _once(lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _idle_checks(grader: Grader, entry: Entry, seed: int) -> Iterator[str]:
    """Checks that could not fail: nothing to compare, or nothing but zeros expected."""
    if entry.question.kind == "concept":
        return
    desk = grader.desk(entry.id, seed)
    for check in desk.plan.checks:
        expected = desk.oracle.expected()[check.run]
        if check.compare == "values" and _all_zero(expected):
            yield f"check '{check.name}' expects nothing but zeros, so it hardly can fail (seed {seed})"
        if _raises_unasked(desk, check, expected):
            yield f"check '{check.name}': the reference raises, and the probe is not 'raises' (seed {seed})"


def _raises_unasked(desk: Desk, check: PlannedCheck, expected: Sequence[Expected]) -> bool:
    probe = desk.plan.runs[check.run].drive.probe
    return probe != "raises" and any(not isinstance(one.own, Values) for one in expected)


def _all_zero(expected: Sequence[Expected]) -> bool:
    tensors = [
        leaf.array
        for one in expected
        if isinstance(one.own, Values)
        for leaf in one.own.leaves.values()
        if isinstance(leaf, Tensor)
    ]
    return bool(tensors) and all(not np.any(array) for array in tensors)
