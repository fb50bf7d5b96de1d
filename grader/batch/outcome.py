"""What grading a folder came to: the report's pages, and the figures for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from grader.batch.journal import Journal
from grader.errors import UsageError
from grader.intake import REPORT_FILE, Found, Ignored
from grader.report import write_report
from grader.result import Result, Run
from grader.text import Text
from grader.verdict import Verdict, worst


@dataclass(frozen=True)
class Counts:
    """How far a run came."""

    handed: int  # submissions found
    graded: int  # in this run
    reused: int  # known from an earlier one
    signal: int | None  # that interrupted the run

    @property
    def unfinished(self) -> int:
        return self.handed - self.graded - self.reused


@dataclass(frozen=True, slots=True)
class CandidateTotals:
    """What one candidate came to."""

    candidate: str
    submissions: int
    accepted: int
    points: int
    max_points: int
    manual_points: int
    verdict: Verdict  # the worst


class Failure(NamedTuple):
    """A submission that the grader failed at."""

    file: str
    reason: Text


@dataclass(frozen=True)
class BatchOutcome:
    """What a run came to."""

    run: Run
    index: Path  # the overview
    standings: list[CandidateTotals]
    ignored: list[Ignored]
    counts: Counts
    failures: list[Failure]  # of the grader itself
    kept: int  # results of an earlier run whose submissions are gone
    damaged: int  # lines of results.jsonl that could not be read

    @property
    def exit_code(self) -> int:
        """0 all accepted, 1 not all, 3 the grader failed somewhere, 128 + the signal that interrupted it."""
        if self.counts.signal is not None and self.counts.unfinished:
            return 128 + self.counts.signal
        verdict = worst(standing.verdict for standing in self.standings)
        if verdict is Verdict.GRADER_ERROR:
            return 3
        return 0 if verdict is Verdict.ACCEPTED and all(each.harmless for each in self.ignored) else 1


def write_outcome(out: Path, run: Run, found: Found, journal: Journal, counts: Counts) -> BatchOutcome:
    """Write the report's pages from the journal, one candidate at a time. Raises UsageError."""
    standings: list[CandidateTotals] = []
    failures: list[Failure] = []
    ignored = list(found.ignored)
    if counts.unfinished:
        ignored.insert(0, Ignored("", REPORT_FILE, _unfinished(counts.unfinished)))
    results = _noting(journal.by_candidate(), standings, failures)
    try:
        index = write_report(out, run, results, run.language, _missing(found), ignored)
    except UsageError as error:
        raise UsageError(
            f"{error}; the {len(journal.known)} results in {journal.path} are kept, and the same command goes on"
        ) from error
    present = {(handed.candidate, handed.question) for handed in found.handed}
    kept = len(journal.known.keys() - present)
    return BatchOutcome(run, index, standings, found.ignored, counts, failures, kept, journal.damaged)


def _noting(
    groups: Iterable[tuple[str, list[Result]]], standings: list[CandidateTotals], failures: list[Failure]
) -> Iterator[tuple[str, list[Result]]]:
    for candidate, results in groups:
        standings.append(
            CandidateTotals(
                candidate,
                len(results),
                sum(result.verdict is Verdict.ACCEPTED for result in results),
                sum(result.points for result in results),
                sum(result.max_points for result in results),
                sum(result.manual_points for result in results),
                worst(result.verdict for result in results),
            )
        )
        failures += [
            Failure(result.file, result.message or _NO_REASON)
            for result in results
            if result.verdict is Verdict.GRADER_ERROR
        ]
        yield candidate, results


_NO_REASON = Text(en="the report says more", zh="详见报告")


def _missing(found: Found) -> dict[str, list[str]]:
    """Of each candidate the questions that others answered."""
    asked = sorted({handed.question for handed in found.handed})
    present = {(handed.candidate, handed.question) for handed in found.handed}
    missing = {
        candidate: [question for question in asked if (candidate, question) not in present]
        for candidate in found.candidates
    }
    return {candidate: questions for candidate, questions in missing.items() if questions}


def _unfinished(number: int) -> Text:
    return Text(
        en=f"{number} submissions are not graded yet; the run was interrupted and the same command goes on",
        zh=f"还有 {number} 份提交尚未评分：评测被中断，再次运行同一命令即可继续",
    )
