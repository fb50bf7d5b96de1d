"""Which question is next. The same events, questions and day always give the same answer.

First what was begun or failed and is due again: on another day, or after three other questions. Then what is new,
the easiest first, in the topic that was practised last. At the end what was failed just now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Literal, NamedTuple, get_args

from grader.practice.events import Event
from grader.practice.standing import Standing
from grader.question import Difficulty

OTHERS = 3  # questions to look at before one that was failed comes back on the same day

_RANK = {difficulty: rank for rank, difficulty in enumerate(get_args(Difficulty))}

Why = Literal["failed", "begun", "new_here", "new"]


class Candidate(NamedTuple):
    """A question that may be proposed."""

    id: str
    topic: str
    difficulty: Difficulty
    minutes: int


class Proposal(NamedTuple):
    """The next question and the reason."""

    question: str
    why: Why  # new_here: new, in the topic that was practised last


def propose(
    candidates: Iterable[Candidate],
    events: Sequence[Event],
    standings: Mapping[str, Standing],
    today: date,
    zone: tzinfo | None = None,
) -> Proposal | None:
    """One of the candidates, or None where all of them are solved."""
    left = [one for one in candidates if not (one.id in standings and standings[one.id].is_solved)]
    touched = sorted((one for one in left if one.id in standings), key=lambda one: _position(events, one.id))
    fresh = [one for one in left if one.id not in standings]
    due = [one for one in touched if _is_due(one.id, events, standings[one.id].last, today, zone)]
    if not due and fresh:
        here = events[-1].topic if events else None
        best = min(fresh, key=lambda one: (one.topic != here, _RANK[one.difficulty], one.minutes, one.topic, one.id))
        return Proposal(best.id, "new_here" if best.topic == here else "new")
    again = due or touched
    if not again:
        return None
    return Proposal(again[0].id, "failed" if standings[again[0].id].status == "tried" else "begun")


def _position(events: Sequence[Event], question: str) -> int:
    """Where it was last touched: what waits longest comes first."""
    return max(index for index, event in enumerate(events) if event.question == question)


def _is_due(question: str, events: Sequence[Event], last: datetime, today: date, zone: tzinfo | None) -> bool:
    since = {event.question for event in events[_position(events, question) + 1 :]}
    return last.astimezone(zone).date() != today or len(since) >= OTHERS
