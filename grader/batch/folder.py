"""Grading a folder of submissions into a report.

Threads take submissions one by one, and each result goes to `results.jsonl` at once. The pages are made from
that file at the end, one candidate at a time, so memory does not grow with the number of submissions.
"""

from __future__ import annotations

import os
import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

import msgspec

from grader.batch.interrupts import Interrupts
from grader.batch.journal import Journal
from grader.batch.outcome import BatchOutcome, Counts, write_outcome
from grader.errors import BrokenGrader, GraderError, UsageError
from grader.grading import Grader, Settings, our_failure
from grader.intake import Found, Handed, Submission, find_submissions, read_submission
from grader.question import Bank
from grader.result import Result, Run

SEED_BITS = 48  # so that every reader of JSON keeps the seed exactly
MANY = 40  # submissions from which on it pays to prepare for many
PATIENCE = 10.0  # seconds that threads get to notice that their processes were ended


class Grades(Protocol):
    """What is needed of a Grader; tests give another."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def grade(self, submission: Submission) -> Result: ...
    def run(self, command: str) -> Run: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Assignment:
    """How a folder is graded, besides the settings that every submission shares."""

    root: Path  # of the submissions
    out: Path  # the report's folder
    jobs: int = 1
    seed: int | None = None  # None: that of the run which is continued, or else a fresh one
    fresh: bool = False  # put earlier results aside


def grade_folder(
    plan: Assignment,
    bank: Bank,
    settings: Settings,
    command: Callable[[int], str],
    progress: Callable[[int, int], None] = lambda done, total: None,
    make_grader: Callable[[Bank, Settings], Grades] | None = None,
) -> BatchOutcome:
    """Grade what was not graded yet and write the report; the seed of `settings` is replaced by the plan's.

    `command` gives, for a seed, the command that replays the run. `progress` is told how many of how many are
    done. Raises UsageError for folders that can't be used, SpecError for a damaged question and BrokenGrader
    where results can't be stored; what was graded before stays.
    """
    found = _find(plan, bank)
    with Journal(plan.out, plan.fresh) as journal, Interrupts() as interrupts:
        # The journal has made the report's folder: what is not there yet can't be hidden.
        hidden = (*settings.hidden, plan.root, plan.out)
        settings = replace(_suited(settings, found, bank), seed=_seed(plan, journal), hidden=hidden)
        with (make_grader or Grader)(bank, settings) as grader:
            run = journal.begin(grader.run(command(settings.seed)))
            batch = _Batch(plan, bank, grader, journal, found.handed, interrupts)
            batch.go(progress)
        counts = Counts(len(found.handed), batch.graded, batch.reused, interrupts.signal)
        run = msgspec.structs.replace(run, language=settings.language)
        return write_outcome(plan.out, run, found, journal, counts)


def _suited(settings: Settings, found: Found, bank: Bank) -> Settings:
    """What is worth preparing for the submissions that were handed in."""
    asked = {handed.question for handed in found.handed}
    preload = any(_trains(bank, question) for question in asked)
    return replace(settings, preload=preload, many=len(found.handed) >= MANY)


def _trains(bank: Bank, question: str) -> bool:
    try:
        return bank[question].trains
    except GraderError:
        return False  # grading it says what is wrong, and loses nothing of the others


def _find(plan: Assignment, bank: Bank) -> Found:
    try:
        if plan.out.exists() and os.path.samefile(plan.root, plan.out):
            raise UsageError(f"{plan.out}: the report can't go into the folder of the submissions itself")
        found = find_submissions(plan.root, bank, plan.out)
    except OSError as error:
        raise UsageError(f"{plan.root}: can't be read: {error.strerror or error}") from None
    if not found.handed:
        reasons = [f"; {each.file} {each.reason.en}" for each in found.ignored if not each.harmless]
        first = "".join(reasons[:1])
        raise UsageError(f"{plan.root}: holds no submissions, which lie in <candidate>/<question-id>.py{first}")
    return found


def _seed(plan: Assignment, journal: Journal) -> int:
    if journal.header is None:
        return secrets.randbits(SEED_BITS) if plan.seed is None else plan.seed
    before = journal.header.run.seed
    if plan.seed not in (None, before):
        raise UsageError(
            f"{journal.path}: its results have the seed {before}, not {plan.seed}; use another --out, "
            "or --fresh to grade everything again"
        )
    return before


class _Batch:
    """Threads that take submissions from one list."""

    def __init__(
        self,
        plan: Assignment,
        bank: Bank,
        grader: Grades,
        journal: Journal,
        handed: list[Handed],
        interrupts: Interrupts,
    ) -> None:
        self._plan, self._bank, self._grader = plan, bank, grader
        self._journal, self._interrupts, self._handed = journal, interrupts, handed
        self._waiting = iter(handed)
        self._taking = threading.Lock()
        self._finished: queue.SimpleQueue[bool | None] = queue.SimpleQueue()  # None: a thread has ended
        self._failure: Exception | None = None
        self.graded = 0
        self.reused = 0

    def go(self, progress: Callable[[int, int], None]) -> None:
        """Until all is graded or the run is interrupted. Raises where results can't be stored."""
        threads = [
            threading.Thread(target=self._work, daemon=True)  # a second Ctrl-C does not wait for them
            for _ in range(min(self._plan.jobs, len(self._handed)))
        ]
        for thread in threads:
            thread.start()
        self._follow(len(threads), progress)
        if self._stopping:
            self._end(threads)
        if self._failure is not None:
            raise self._failure

    def _end(self, threads: list[threading.Thread]) -> None:
        self._grader.close()  # ends what still runs
        deadline = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        while not self._finished.empty():
            self._count(self._finished.get())
        for handed in self._waiting:  # what an earlier run graded is not left to do
            self.reused += self._is_known(self._read(handed))

    def _follow(self, running: int, progress: Callable[[int, int], None]) -> None:
        progress(0, len(self._handed))
        while running and not self._stopping:
            try:
                was_graded = self._finished.get(timeout=0.1)
            except queue.Empty:
                continue
            running -= was_graded is None
            self._count(was_graded)
            progress(self.graded + self.reused, len(self._handed))

    def _count(self, was_graded: bool | None) -> None:
        self.graded += was_graded is True
        self.reused += was_graded is False

    @property
    def _stopping(self) -> bool:
        return self._failure is not None or self._interrupts.signal is not None

    # --- in the threads ---

    def _work(self) -> None:
        try:
            while (handed := self._next()) is not None:
                was_graded = self._grade(handed)
                if was_graded is not None:
                    self._finished.put(was_graded)
        except Exception as error:
            self._failure = self._failure or error
        finally:
            self._finished.put(None)

    def _next(self) -> Handed | None:
        with self._taking:
            return None if self._stopping else next(self._waiting, None)

    def _grade(self, handed: Handed) -> bool | None:
        """Whether it was graded just now; None where the run was interrupted meanwhile."""
        submission = self._read(handed)
        if self._is_known(submission):
            return False
        try:
            result = self._grader.grade(submission)
        except Exception as error:
            result = our_failure(submission, f"{type(error).__name__}: {error}")
        if self._stopping:  # its process may have been ended by us: that is no verdict
            return None
        self._store(result)
        return True

    def _read(self, handed: Handed) -> Submission:
        return read_submission(Path(handed.path), handed.candidate, handed.question, self._plan.root)

    def _is_known(self, submission: Submission) -> bool:
        return self._journal.has(submission, self._question_hash(submission.question))

    def _store(self, result: Result) -> None:
        try:
            self._journal.append(result)
        except BrokenGrader:
            raise
        except Exception as error:  # a result that can't be written as JSON is a bug of ours
            reason = f"the result can't be stored: {type(error).__name__}: {error!a}"
            self._journal.append(our_failure(result, reason))

    def _question_hash(self, question: str) -> str:
        try:
            return self._bank[question].content_hash
        except GraderError:
            return ""  # grading it says what is wrong
