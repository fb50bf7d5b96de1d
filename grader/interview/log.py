"""The journal of an interview: one event per line, only ever appended.

A line that can't be read is counted and passed over, so that one damaged line loses no other.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from grader.errors import UsageError
from grader.intake import Refused, read_untrusted
from grader.interview.workspace import Workspace
from grader.pages import visible_line
from grader.result import MistakeName
from grader.text import Text
from grader.verdict import Verdict

FILE = "journal.jsonl"
MAX_BYTES = 50_000_000  # some 50,000 checks

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Event(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="event"):
    """Base of all."""

    at: Moment  # by the clock of the machine, UTC


class Checked(_Event, frozen=True, tag="check"):
    """A file was judged."""

    question: str  # id
    file: str  # relative to the workspace
    verdict: Verdict
    points: int
    max_points: int
    seed: int
    source_hash: str  # sha256 of the file
    copy: str  # the name of the copy of what was graded
    question_hash: str = ""
    failing: Text | None = None  # the first check that did not pass
    case: Text | None = None  # its smallest failing case
    message: Text | None = None  # what it said
    mistake: MistakeName | None = None


class Hinted(_Event, frozen=True, tag="hint"):
    """A hint was shown."""

    question: str
    number: int  # from 1


class Revealed(_Event, frozen=True, tag="solution"):
    """The reference was shown."""

    question: str


class Ended(_Event, frozen=True, tag="end"):
    """Somebody ended the interview."""


Event = Checked | Hinted | Revealed | Ended

# Made here, in one thread: two threads that make msgspec look at a type for the first time can crash it (0.22).
_events = msgspec.json.Decoder(Event)


@dataclass(frozen=True)
class Log:
    """What a journal holds."""

    events: list[Event]  # in the order of the lines
    damaged: int  # lines that could not be read


def append(workspace: Workspace, event: Event) -> None:
    """Add an event. Raises OSError where that can't be done; the earlier lines are unharmed."""
    path = workspace.folder / FILE
    # One write behind the end, so that two commands at once don't mix their lines.
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0) as file:
        line = msgspec.json.encode(event) + b"\n"
        if file.write(line if _ends_well(path) else b"\n" + line) < len(line):
            raise OSError("the disk is full")


def _ends_well(path: Path) -> bool:
    """Whether the last line is whole; a torn one is left as it is, and the next one begins below it."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        if end == 0:
            return True
        file.seek(end - 1)
        return file.read(1) == b"\n"


def read(workspace: Workspace) -> Log:
    """All events. Raises UsageError where there is no journal that can be read."""
    path = workspace.folder / FILE
    try:
        raw = read_untrusted(path, workspace.root, MAX_BYTES)
    except Refused as refused:
        raise UsageError(f"{visible_line(str(path))}: {refused}") from None
    events, damaged = [], 0
    for line in raw.split(b"\n"):
        if line.strip():
            try:
                events.append(_events.decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                damaged += 1
    return Log(events, damaged)
