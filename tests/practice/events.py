"""Events for tests, some minutes apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from grader.practice.events import Event, EventKind
from grader.verdict import Verdict

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after the beginning."""
    return BEGIN + timedelta(minutes=minutes)


def event(
    kind: EventKind, question: str = "one", minutes: float = 0, topic: str = "demo", hint: int | None = None
) -> Event:
    """Anything but a check."""
    return Event(at=at(minutes), kind=kind, question=question, topic=topic, hint=hint)


def check(
    question: str = "one",
    minutes: float = 0,
    topic: str = "demo",
    verdict: Verdict = Verdict.WRONG_ANSWER,
    points: int = 0,
    mistake: str | None = None,
) -> Event:
    """A check of a question worth 3 points."""
    return Event(
        at=at(minutes),
        kind="check",
        question=question,
        topic=topic,
        verdict=verdict,
        points=3 if verdict is Verdict.ACCEPTED else points,
        max_points=3,
        seed=5,
        mistake=mistake,
        question_hash="hash",
    )


def solved(question: str = "one", minutes: float = 0, topic: str = "demo") -> Event:
    """A check that was accepted."""
    return check(question, minutes, topic, Verdict.ACCEPTED)
