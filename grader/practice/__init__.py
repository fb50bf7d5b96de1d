"""What somebody practised: a small file of events, what they come to, and which question is next."""

from __future__ import annotations

from grader.practice.events import Event, checked, hinted, revealed, started
from grader.practice.history import History
from grader.practice.place import progress_file
from grader.practice.proposal import Candidate, Why, propose
from grader.practice.standing import Standing, TopicStanding, by_topic, standings, streak

__all__ = [
    "Candidate",
    "Event",
    "History",
    "Standing",
    "TopicStanding",
    "Why",
    "by_topic",
    "checked",
    "hinted",
    "progress_file",
    "propose",
    "revealed",
    "standings",
    "started",
    "streak",
]
