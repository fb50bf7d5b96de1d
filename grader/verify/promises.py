"""A solution's folder is the verdict that it must get: the reference's and those of accepted/ is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.grading.flow import Handling
from grader.grading.grader import CHECK_SEED, Grader
from grader.intake.answers import read_answers
from grader.intake.submission import Submission, read_submission
from grader.question.bank import Entry, read_text
from grader.result import Result
from grader.verdict import Verdict

FOLDERS = tuple(verdict for verdict in Verdict if verdict not in (Verdict.SKIPPED, Verdict.GRADER_ERROR))


def first_seeds(count: int) -> tuple[int, ...]:
    """As many seeds: that of `check`, and then 1, 2, ..."""
    return (CHECK_SEED, *range(1, count))


SEEDS = first_seeds(2)


@dataclass(frozen=True)
class KeptPromise:
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
            yield f"{self.name} is {result.verdict} instead of {self.wanted} (seeds {seeds}): {_reason(result)}"

    @property
    def name(self) -> str:
        """The file, with its folder."""
        name = self.path.name
        return name if self.path.stem == "reference" else f"{self.path.parent.name}/{name}"


def graded(
    grader: Grader, threaded: Grader, entry: Entry, path: Path, wanted: Verdict, seeds: Sequence[int], named: bool
) -> KeptPromise:
    """One solution under several seeds: in full and, if asked for, with its mistake named under the first.

    Under the others only the verdict is wanted. That of a wrong answer is known with the first check that fails, and
    must be the same with several threads.
    """
    submission = submission_of(entry, path)
    wrong = wanted is Verdict.WRONG_ANSWER
    briefly, other = Handling(name_mistakes=False, stop_early=wrong), threaded if wrong else grader
    first = grader.grade(submission, seeds[0], Handling(name_mistakes=named))
    results = [first, *(other.grade(submission, seed, briefly) for seed in seeds[1:])]
    return KeptPromise(path, wanted, seeds, results)


def promises(entry: Entry) -> Iterator[tuple[Path, Verdict]]:
    """Every solution of a question and the verdict that it must get. Raises SpecError."""
    yield entry.reference, Verdict.ACCEPTED
    for verdict in FOLDERS:
        for path in entry.solutions_in(str(verdict)):
            yield path, verdict


def submission_of(entry: Entry, path: Path) -> Submission:
    """A solution as if it were handed in. Of answers to a concept question, a file gives only those that differ."""
    submission = read_submission(path, "verify", entry.id, path.parent)
    if entry.question.kind.is_code or path in (entry.stub, entry.reference):
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
