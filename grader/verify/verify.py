"""What is asked of a question before anybody is graded with it.

The reference and every solution under accepted/ are accepted, every other solution gets the verdict that is
its folder's name, the stub is not accepted, and no check is one that cannot fail. All of it with several seeds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from grader.answers import read_answers
from grader.bank import Entry, read_text
from grader.errors import GraderError
from grader.pipeline import Grader
from grader.result import Result
from grader.submission import Submission, read_submission
from grader.verdict import Verdict
from grader.verify.idle import idle_checks

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
        known = entry.mistakes  # first: an error in this file would be told again by every solution
        graded = [_solution(grader, entry, path, wanted, seeds) for path, wanted in promises(entry)]
        problems = [problem for solution in graded for problem in solution.problems()]
        problems += [problem for seed in seeds for problem in _idle(grader, entry, seed)]
        problems += _stub_accepted(grader, entry)
        mistakes = {one.path.stem: one.results[0] for one in graded if one.path.parent.name == "wrong_answer"}
        own = [stem for stem, result in mistakes.items() if stem in known and stem in _names(result)]
        notes = [_other_name(stem, result) for stem, result in mistakes.items() if stem not in own]
        return Proof(entry.id, problems, len(graded), len(own), len(mistakes), notes)
    except GraderError as error:
        return Proof(entry.id, [str(error)])
    finally:
        grader.forget(entry.id)


@dataclass(frozen=True)
class Solution:
    """One solution and what it got, by seed."""

    path: Path
    wanted: Verdict
    seeds: Sequence[int]
    results: Sequence[Result]

    def problems(self) -> Iterator[str]:
        """One sentence where it got another verdict than it must, whatever the number of seeds."""
        wrong = [
            (seed, result)
            for seed, result in zip(self.seeds, self.results, strict=True)
            if result.verdict is not self.wanted
        ]
        if wrong:
            seeds = ", ".join(str(seed) for seed, _ in wrong)
            result = wrong[0][1]
            yield f"{self._name()} is {result.verdict} instead of {self.wanted} (seeds {seeds}): {_reason(result)}"

    def _name(self) -> str:
        name = self.path.name
        return name if self.path.stem == "reference" else f"{self.path.parent.name}/{name}"


def _solution(grader: Grader, entry: Entry, path: Path, wanted: Verdict, seeds: Sequence[int]) -> Solution:
    submission = submission_of(entry, path)
    return Solution(path, wanted, seeds, [grader.grade(submission, seed) for seed in seeds])


def promises(entry: Entry) -> Iterator[tuple[Path, Verdict]]:
    """Every solution of a question and the verdict that it must get. Raises SpecError."""
    yield entry.reference, Verdict.ACCEPTED
    for verdict in FOLDERS:
        for path in entry.solutions_in(str(verdict)):
            yield path, verdict


def submission_of(entry: Entry, path: Path) -> Submission:
    """A solution as if it were handed in. Of answers to a concept question, a file gives only those that differ."""
    submission = read_submission(path, "verify", entry.id, path.parent)
    if entry.question.kind != "concept" or path in (entry.stub, entry.reference):
        return submission
    parts = [part.id for part in entry.question.parts]
    answers = {
        **read_answers(read_text(entry.reference), str(entry.reference), parts),
        **read_answers(submission.source, str(path), parts),
    }
    return msgspec.structs.replace(submission, source=json.dumps({"answers": answers}))


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
    result = grader.grade(submission_of(entry, entry.stub))
    return ["the stub is accepted as it is"] if result.verdict is Verdict.ACCEPTED else []


def _idle(grader: Grader, entry: Entry, seed: int) -> list[str]:
    if entry.question.kind == "concept":
        return []
    return [f"{problem} (seed {seed})" for problem in idle_checks(grader.desk(entry.id, seed))]


def _names(result: Result) -> set[str]:
    return {check.mistake.id for check in result.checks if check.mistake is not None}


def _other_name(stem: str, result: Result) -> str:
    names = _names(result)
    called = f"is called {' and '.join(sorted(names))}" if names else "gets no name"
    return f"the mistake {stem} {called}"
