"""What the events come to: by question, by topic, and as a streak of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

import msgspec

from grader.practice.events import Event
from grader.verdict import Verdict

# Time before an event counts for its question, up to this: a longer gap is a break, and does not count at all.
BREAK = timedelta(hours=1)

Status = Literal["started", "tried", "solved", "solved_after_seeing"]


class Standing(msgspec.Struct, kw_only=True):
    """What somebody did with one question."""

    question: str
    topic: str
    status: Status = "started"  # tried: checked and not accepted; started: never checked
    attempts: int = 0
    hints: int = 0  # the furthest that was shown
    seconds: float = 0.0  # that were spent on it, without breaks
    points: int = 0  # the most that were reached
    max_points: int = 0
    solution_seen: bool = False
    last_mistake: str | None = None  # id of the known mistake of the last attempt
    first: datetime
    last: datetime
    solved: datetime | None = None
    solved_hash: str | None = None  # content hash of the question that was solved

    @property
    def is_solved(self) -> bool:
        return self.solved is not None


def standings(events: Sequence[Event]) -> dict[str, Standing]:
    """Each question that was ever touched, in the order of the first touch."""
    found: dict[str, Standing] = {}
    before: Event | None = None
    for event in events:
        spent = _spent(before, event, first=event.question not in found)
        standing = found.setdefault(
            event.question, Standing(question=event.question, topic=event.topic, first=event.at, last=event.at)
        )
        standing.seconds = round(standing.seconds + spent, 3)
        _take(standing, event)
        before = event
    return found


def _spent(before: Event | None, event: Event, *, first: bool) -> float:
    """Seconds since the event before, for this event's question. A clock may go back.

    What lies before a start, or before a first look at a hint or the solution, was no work on that question.
    """
    if before is None or event.kind == "start" or (first and event.kind != "check"):
        return 0.0
    gap = event.at - before.at
    return gap.total_seconds() if timedelta() < gap <= BREAK else 0.0


def _take(standing: Standing, event: Event) -> None:
    standing.topic = event.topic
    standing.last = event.at
    if event.kind == "hint":
        standing.hints = max(standing.hints, event.hint or 0)
    elif event.kind == "solution":
        standing.solution_seen = True
    elif event.kind == "check":
        _take_check(standing, event)


def _take_check(standing: Standing, event: Event) -> None:
    standing.attempts += 1
    standing.points = max(standing.points, event.points or 0)
    standing.max_points = event.max_points or standing.max_points
    standing.last_mistake = event.mistake
    if standing.is_solved:
        return
    if event.verdict is Verdict.ACCEPTED:
        standing.status = "solved_after_seeing" if standing.solution_seen else "solved"
        standing.solved, standing.solved_hash = event.at, event.question_hash
    else:
        standing.status = "tried"


class TopicStanding(msgspec.Struct):
    """What somebody did in one topic, or in all of them."""

    topic: str
    questions: int  # of the bank
    solved: int = 0  # those after seeing the solution included
    solved_after_seeing: int = 0
    tried: int = 0  # checked and never accepted
    attempts: int = 0
    hints: int = 0
    seconds: float = 0.0

    def add(self, standing: Standing) -> None:
        """Count one more question in."""
        self.solved += standing.is_solved
        self.solved_after_seeing += standing.status == "solved_after_seeing"
        self.tried += standing.status == "tried"
        self.attempts += standing.attempts
        self.hints += standing.hints
        self.seconds = round(self.seconds + standing.seconds, 3)


def by_topic(found: Iterable[Standing], questions: dict[str, int]) -> list[TopicStanding]:
    """A row for each topic; `questions` says how many of each the bank has."""
    rows = {topic: TopicStanding(topic, number) for topic, number in questions.items()}
    for standing in found:
        rows.setdefault(standing.topic, TopicStanding(standing.topic, 0)).add(standing)
    return [rows[topic] for topic in sorted(rows)]


def streak(events: Iterable[Event], today: date, zone: tzinfo | None = None) -> int:
    """Days in a row, up to today or yesterday, on each of which something was checked.

    zone: whose days they are; None is the zone of this machine.
    """
    days = {event.at.astimezone(zone).date() for event in events if event.kind == "check"}
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length += 1
        day -= timedelta(days=1)
    return length
