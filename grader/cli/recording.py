"""Who is told of a check, a hint or a solution, once it is known.

A recorder takes what was done, and may give a line for the person. One that raises GraderError costs a line on
stderr and never a verdict: the next recorder is told all the same. To add one, write it below and name it in the
tuple.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from grader.cli.options import note
from grader.errors import GraderError
from grader.intake import Submission
from grader.question import Entry
from grader.result import Result


@dataclass(frozen=True)
class JudgedFile:
    """A file was judged; the grader itself did not fail."""

    path: Path  # as the user named it
    entry: Entry
    seed: int
    submission: Submission
    result: Result
    keep: bool = True  # False: --no-record


@dataclass(frozen=True)
class Looked:
    """Something of a question was handed out."""

    what: Literal["start", "hint", "solution"]
    entry: Entry
    path: Path | None = None  # of a start: the file that was written
    hint: int = 0  # of a hint: which one, from 1


Done = TypeVar("Done", JudgedFile, Looked)


def tell(recorders: Iterable[Callable[[Done], str | None]], done: Done) -> list[str]:
    """Tell each of them; returns what they have to say, and what was not recorded."""
    lines = []
    for recorder in recorders:
        try:
            line = recorder(done)
        except GraderError as error:
            line = f"not recorded: {error}"
        if line:
            lines.append(line)
    return lines


def note_all(lines: Iterable[str]) -> None:
    """Say it on stderr."""
    for line in lines:
        note(f"grader: {line}")


# --- the progress of whoever works here ---


def _check_into_progress(done: JudgedFile) -> None:
    if not done.keep:
        return
    from grader.practice import History, checked, progress_file

    History(progress_file()).add(checked(done.entry, done.seed, done.result))


def _look_into_progress(done: Looked) -> None:
    from grader.practice import History, hinted, progress_file, revealed, started

    event = {"start": started, "solution": revealed}.get(done.what)
    History(progress_file()).add(event(done.entry) if event else hinted(done.entry, done.hint))


# --- the interview that the file, or else the current folder, belongs to ---


SESSION_FOLDER = ".grader-session"  # as in grader.interview.workspace, which takes a tenth of a second to import


def _near_an_interview(path: Path) -> bool:
    start = Path(os.path.abspath(path))
    return any(os.path.lexists(folder / SESSION_FOLDER) for folder in (start, *start.parents))


def _check_into_interview(done: JudgedFile) -> str | None:
    if not _near_an_interview(done.path):
        return None
    from grader.interview import record_check

    return record_check(done.path, done.submission, done.result, done.seed)


def _look_into_interview(done: Looked) -> str | None:
    if not _near_an_interview(Path()):
        return None
    from grader.interview import record_hint, record_solution

    match done.what:
        case "hint":
            return record_hint(Path(), done.entry.id, done.hint)
        case "solution":
            return record_solution(Path(), done.entry.id)
        case "start":
            return None


def hints_in_interview(question: str) -> int | None:
    """The furthest hint that the interview of the current folder saw; None outside of interviews."""
    if not _near_an_interview(Path()):
        return None
    from grader.interview import Hinted
    from grader.interview import find_workspace as find
    from grader.interview import read_log as read

    workspace = find(Path())
    if workspace is None:
        return None
    numbers = [each.number for each in read(workspace).events if isinstance(each, Hinted) and each.question == question]
    return max(numbers, default=0)


CHECK_RECORDERS: tuple[Callable[[JudgedFile], str | None], ...] = (_check_into_progress, _check_into_interview)
LOOK_RECORDERS: tuple[Callable[[Looked], str | None], ...] = (_look_into_progress, _look_into_interview)
