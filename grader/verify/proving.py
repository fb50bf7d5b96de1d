"""Proving a question: no wrong answer passes, no right answer fails.

Solutions get the verdicts of their folders under several seeds, with several threads and in another order of the
checks; every mutant of the reference and every degenerate answer is rejected, or listed as an equivalent that more
inputs can't tell apart either; right answers in other styles are accepted with room to the tolerance; and no check is
one that cannot fail.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from grader.errors import GraderError
from grader.grading import Grader, Handling
from grader.intake import Submission
from grader.judge import indistinguishable
from grader.question import Entry, KnownSolution, read_text
from grader.result import CheckResult, Result
from grader.verdict import Verdict
from grader.verify.degenerate import degenerate, inert
from grader.verify.equivalents import FILE, read_equivalents
from grader.verify.extra import ExtraInputs
from grader.verify.idle import idle_checks
from grader.verify.mutants import Mutant, mutants
from grader.verify.promises import SEEDS, KeptPromise, graded, stub_of, submission_of
from grader.verify.proof import Group, Proof, Tried
from grader.verify.styles import styles

FAILURES = [str(v) for v in Verdict if v not in (Verdict.ACCEPTED, Verdict.SKIPPED, Verdict.GRADER_ERROR)]
ROOM = 4.0  # a right answer's largest error may be the tolerance over this


@dataclass(frozen=True)
class Bench:
    """What questions are proved with."""

    grader: Grader
    threaded: Grader  # the same, with several threads in each process
    pool: Executor


@dataclass(frozen=True)
class Depth:
    """How much is tried."""

    seeds: Sequence[int] = SEEDS
    variants: bool = True  # mutants, degenerate answers and styles
    sample: int = 1  # every how many-th solution, mutant and degenerate answer is tried; styles are fewer, see below

    @property
    def every_style(self) -> int:
        """Every how many-th style is tried. A question has ten at most, and each has to pass all checks."""
        return max(1, self.sample // 4)

    @property
    def whole(self) -> bool:
        """Whether nothing is left out. Of a sample no mistakes are named: for that, all known ones are run."""
        return self.sample == 1


def prove(bench: Bench, entry: Entry, depth: Depth) -> Proof:
    """Everything about one question. A question that can't be graded at all is a problem too."""
    begun = time.monotonic()
    try:
        _ = entry.mistakes  # first: an error in this file would be told again by every solution
        known = entry.known[:: depth.sample]  # the reference is the first of them
        solutions = list(bench.pool.map(partial(_graded, bench, entry, depth), known))
        tried = [_of_solution(one) for one in solutions] + [_of_stub(bench.grader, entry)]
        problems = [problem for one in solutions for problem in one.problems()]
        problems += [
            problem for some in bench.pool.map(partial(_unsteady, bench, entry), solutions) for problem in some
        ]
        problems += [problem for seed in depth.seeds for problem in _idle(bench.grader, entry, seed)]
        problems += [problem for one in tried for problem in _problems(one) if one.kept or one.group == "stub"]
        notes = _notes(bench.grader, entry, solutions) if depth.whole else []
        if depth.variants and entry.question.kind.is_code:
            more = list(_variants(bench, entry, depth))
            tried += more
            problems += [problem for one in more for problem in _problems(one)]
            problems += _stale(entry, more) if depth.whole else []
        seconds = round(time.monotonic() - begun, 2)
        return Proof(entry.id, entry.content_hash, problems, notes, tried, len(depth.seeds), seconds)
    except GraderError as error:
        return Proof(entry.id, "", [str(error)])
    finally:
        bench.grader.forget(entry.id)
        bench.threaded.forget(entry.id)


def _graded(bench: Bench, entry: Entry, depth: Depth, solution: KnownSolution) -> KeptPromise:
    return graded(bench.grader, bench.threaded, entry, solution, depth.seeds, depth.whole)


def _unsteady(bench: Bench, entry: Entry, kept: KeptPromise) -> list[str]:
    """Whether a solution gets another verdict with more threads and the checks run in reverse order.

    Wrong answers are not asked: where one fails early there is no order, and other seeds have tried the threads.
    """
    if kept.solution.verdict is Verdict.WRONG_ANSWER:
        return []
    seed, usual = kept.seeds[0], kept.results[0].verdict
    handling = Handling(name_mistakes=False, backwards=True)
    found = bench.threaded.grade(submission_of(entry, kept.solution), seed, handling).verdict
    if found is usual:
        return []
    threads = bench.threaded.settings.threads
    place = kept.solution.place
    return [f"{place} is {usual}, but {found} with {threads} threads and the checks run in reverse order"]


def _notes(grader: Grader, entry: Entry, solutions: Sequence[KeptPromise]) -> list[str]:
    misnamed = [note for one in solutions if one.solution.id in entry.mistakes for note in _misnamed(one)]
    return [*misnamed, *_twins(grader, entry)]


def _twins(grader: Grader, entry: Entry) -> Iterator[str]:
    """Known mistakes that give the same results in every case."""
    if not entry.question.kind.is_code:
        return
    desk = grader.desk(entry.id, grader.settings.seed)
    for one, other in indistinguishable(desk.plan.checks, desk.oracle.mistakes()):
        yield f"the mistakes {one} and {other} can't be told apart: their results are the same in every case"


def _of_solution(kept: KeptPromise) -> Tried:
    return tried_as("solution", kept.solution.key, kept.results[0], [str(kept.solution.verdict)])


def _of_stub(grader: Grader, entry: Entry) -> Tried:
    result = grader.grade(stub_of(entry))
    return tried_as("stub", entry.stub.name, result, FAILURES)


def _idle(grader: Grader, entry: Entry, seed: int) -> list[str]:
    if not entry.question.kind.is_code:
        return []
    return [f"{problem} (seed {seed})" for problem in idle_checks(grader.desk(entry.id, seed))]


def _misnamed(kept: KeptPromise) -> Iterator[str]:
    """A known mistake that does not get its own name."""
    names = {check.mistake.id for check in kept.results[0].checks if check.mistake is not None}
    mistake = kept.solution.id
    if mistake not in names and kept.solution.verdict is Verdict.WRONG_ANSWER:
        called = f"is called {' and '.join(sorted(names))}" if names else "gets no name"
        yield f"the mistake {mistake} {called}"


def _variants(bench: Bench, entry: Entry, depth: Depth) -> Iterator[Tried]:
    grader, pool = bench.grader, bench.pool
    seed = grader.settings.seed
    desk = grader.desk(entry.id, seed)
    reference = read_text(entry.reference)
    grade = _Grade(grader, entry, depth.whole)
    yield from pool.map(
        lambda one: grade.variant("degenerate", one.key, one.source, one.verdicts, partial(inert, one)),
        list(degenerate(desk.question, desk.plan, reference, desk.stub))[:: depth.sample],
    )
    yield from pool.map(
        lambda one: grade.variant("style", one.key, one.source, one.verdicts),
        list(styles(desk.question, desk.plan, reference))[:: depth.every_style],
    )
    equivalents = read_equivalents(entry)
    extra = ExtraInputs(entry, grader.kit(seed)) if equivalents else None
    yield from pool.map(lambda one: _mutant(grade, extra, one, equivalents), mutants(reference)[:: depth.sample])


class _Grade:
    """Grades sources for one question as if they were handed in."""

    def __init__(self, grader: Grader, entry: Entry, named: bool) -> None:
        self._grader = grader
        self._entry = entry
        self._named = named

    def __call__(self, source: str) -> Result:
        """Up to the first check that fails; in full where that one is a near miss, to see how the others fare."""
        submission = Submission("verify", self._entry.id, "variant.py", source)
        result = self._grader.grade(submission, handling=Handling(self._named, stop_early=True))
        margin = _margin(_failures(result))
        near = result.verdict is Verdict.WRONG_ANSWER and margin is not None and margin < ROOM
        return self._grader.grade(submission, handling=Handling(self._named)) if near else result

    def variant(
        self,
        group: Group,
        key: str,
        source: str,
        verdicts: Iterable[Verdict],
        harmless: Callable[[Result], bool] = lambda result: False,
    ) -> Tried:
        result = self(source)
        wanted = {str(verdict) for verdict in verdicts} | ({str(result.verdict)} if harmless(result) else set())
        return tried_as(group, key, result, sorted(wanted))


def _mutant(grade: _Grade, extra: ExtraInputs | None, mutant: Mutant, equivalents: dict[str, str]) -> Tried:
    result = grade(mutant.source)
    reason, message = equivalents.get(mutant.key, ""), ""
    if result.verdict is Verdict.ACCEPTED and reason and extra:
        apart = extra.told_apart(mutant.source)
        if apart is not None:
            reason, message = "", f"is listed as equivalent, but more inputs tell it apart: {apart}"
    return tried_as("mutant", mutant.key, result, FAILURES, mutant.line, reason, message)


def tried_as(
    group: Group,
    key: str,
    result: Result,
    wanted: list[str],
    line: int | None = None,
    reason: str = "",
    message: str = "",
) -> Tried:
    """What is kept of a result."""
    failures = _failures(result)
    failed = failures[0] if failures else None
    told = failed.message.en if failed and failed.message else result.message.en if result.message else ""
    return Tried(
        group=group,
        key=key,
        verdict=str(result.verdict),
        wanted=wanted,
        line=line,
        check=failed.name if failed else "",
        message=message or told,
        margin=_margin(failures or result.checks),
        mistake=next((check.mistake.id for check in result.checks if check.mistake), ""),
        hint=next((check.hint.en for check in result.checks if check.hint), ""),
        reason=reason,
    )


def _failures(result: Result) -> list[CheckResult]:
    passed = (Verdict.ACCEPTED, Verdict.SKIPPED)
    return [check for check in result.checks if check.verdict not in passed]


def _margin(checks: Sequence[CheckResult]) -> float | None:
    """The largest of some checks; None where one failed in another way than by a number."""
    failed_outright = any(check.margin is None and check.verdict is not Verdict.SKIPPED for check in checks)
    return None if failed_outright else max((check.margin or 0.0 for check in checks), default=0.0)


def _problems(one: Tried) -> Iterator[str]:
    where = f" (line {one.line})" if one.line else ""
    if not one.kept:
        told = f": {one.message}" if one.message else ""
        if one.group == "mutant" and one.verdict == "accepted":
            yield f"a mutant survives{where}: {one.key}{told}"
        else:
            yield f"the {one.group} '{one.key}' is {one.verdict} instead of {' or '.join(one.wanted)}{told}"
    elif one.verdict == "accepted" and one.group in ("solution", "style") and (one.margin or 0.0) > 1 / ROOM:
        share = f"{one.margin:.2f} of the tolerance; at most {1 / ROOM:g} leaves room"
        yield f"the {one.group} '{one.key}' comes to {share}"


def _stale(entry: Entry, more: Sequence[Tried]) -> Iterator[str]:
    """What is listed as equivalent and is no mutant, or a mutant that fails."""
    verdicts = {one.key: one.verdict for one in more if one.group == "mutant"}
    for key in read_equivalents(entry):
        if key not in verdicts:
            yield f"{FILE} lists '{key}', which is no mutant of the reference"
        elif verdicts[key] != "accepted":
            yield f"{FILE} lists '{key}', which is {verdicts[key]}"
