"""What is recorded: one event for each time that somebody starts, checks, or looks at a hint or the solution."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec

from grader.question import Entry
from grader.result import Result
from grader.verdict import Verdict

EventKind = Literal["start", "check", "hint", "solution"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done. The fields below `topic` belong to some kinds only."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]  # UTC
    kind: EventKind
    question: str  # id
    topic: str  # kept, because the question may leave the bank
    verdict: Verdict | None = None  # of a check, and so are all up to `mistake`
    points: int | None = None
    max_points: int | None = None
    seconds: float | None = None  # since the question was first started or checked; the store fills it in
    seed: int | None = None
    mistake: str | None = None  # id of the known mistake that was named
    question_hash: str | None = None  # content hash of the question that was graded
    hint: int | None = None  # of a hint: which one, from 1


def started(entry: Entry) -> Event:
    """The stub was written."""
    return Event(at=datetime.now(UTC), kind="start", question=entry.id, topic=entry.topic)


def hinted(entry: Entry, number: int) -> Event:
    """A hint was shown, the first one being 1."""
    return Event(at=datetime.now(UTC), kind="hint", question=entry.id, topic=entry.topic, hint=number)


def revealed(entry: Entry) -> Event:
    """The solution was shown."""
    return Event(at=datetime.now(UTC), kind="solution", question=entry.id, topic=entry.topic)


def checked(entry: Entry, seed: int, result: Result) -> Event:
    """An answer was judged."""
    return Event(
        at=datetime.now(UTC),
        kind="check",
        question=entry.id,
        topic=entry.topic,
        verdict=result.verdict,
        points=result.points,
        max_points=result.max_points,
        seed=seed,
        mistake=next((check.mistake.id for check in result.checks if check.mistake), None),
        question_hash=result.question_hash,
    )
