"""Every known solution must get its verdict: that of its folder, or the one that mistakes.yaml says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from grader.grading import CHECK_SEED, Grader, Handling
from grader.intake import Submission, read_answers
from grader.intake import submission_of as handed_in
from grader.question import Entry, KnownSolution, read_text
from grader.result import Result
from grader.verdict import Verdict


def first_seeds(count: int) -> tuple[int, ...]:
    """As many seeds: that of `check`, and then 1, 2, ..."""
    return (CHECK_SEED, *range(1, count))


SEEDS = first_seeds(2)


@dataclass(frozen=True)
class KeptPromise:
    """One solution and what it got, by seed."""

    solution: KnownSolution
    seeds: Sequence[int]
    results: Sequence[Result]

    def problems(self) -> Iterator[str]:
        """One sentence where it got another verdict than it must, whatever the number of seeds."""
        wrong = [
            (seed, result)
            for seed, result in zip(self.seeds, self.results, strict=True)
            if result.verdict is not self.solution.verdict
        ]
        if wrong:
            seeds = ", ".join(str(seed) for seed, _ in wrong)
            result = wrong[0][1]
            wanted = self.solution.verdict
            yield f"{self.solution.place} is {result.verdict} instead of {wanted} (seeds {seeds}): {_reason(result)}"


def graded(
    grader: Grader, threaded: Grader, entry: Entry, solution: KnownSolution, seeds: Sequence[int], named: bool
) -> KeptPromise:
    """One solution under several seeds: in full and, if asked for, with its mistake named under the first.

    Under the others only the verdict is wanted. That of a wrong answer is known with the first check that fails, and
    must be the same with several threads.
    """
    submission = submission_of(entry, solution)
    wrong = solution.verdict is Verdict.WRONG_ANSWER
    briefly, other = Handling(name_mistakes=False, stop_early=wrong), threaded if wrong else grader
    first = grader.grade(submission, seeds[0], Handling(name_mistakes=named))
    results = [first, *(other.grade(submission, seed, briefly) for seed in seeds[1:])]
    return KeptPromise(solution, seeds, results)


def submission_of(entry: Entry, solution: KnownSolution) -> Submission:
    """A solution as if it were handed in, with an answer to every part of a concept question."""
    source = solution.source
    if solution.suffix == ".yaml" and solution.place != entry.reference.name:
        parts = [part.id for part in entry.question.parts]
        right = read_answers(read_text(entry.reference), str(entry.reference), parts)
        source = json.dumps({"answers": right | read_answers(source, solution.place, parts)})
    return _handed_in(entry, source, solution.file)


def stub_of(entry: Entry) -> Submission:
    """The stub as if it were handed in."""
    return _handed_in(entry, read_text(entry.stub), entry.stub.name)


def _handed_in(entry: Entry, source: str, file: str) -> Submission:
    return msgspec.structs.replace(handed_in(source, entry.id, file), candidate="verify")


def _reason(result: Result) -> str:
    """The first thing that went wrong, in one line."""
    if result.message is not None:
        return result.message.en
    for check in result.checks:
        if check.verdict not in (Verdict.ACCEPTED, Verdict.SKIPPED) and check.message is not None:
            case = f" in case '{check.case.en}'" if check.case else ""
            return f"check '{check.name}'{case}: {check.message.en}"
    return "every check passes"
