"""The course of an interview: when each thing happened, counted from its beginning.

Times come from the clock of the machine, because the commands are processes of their own and share no other. Only
differences between neighbouring lines are used, and a negative one counts as nothing: a clock that is set back
costs the time between two lines, but never makes a duration negative or the interview longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from grader.interview.log import Checked, Ended, Event, Hinted, Revealed
from grader.interview.session import Session
from grader.verdict import Verdict

SET_BACK = timedelta(seconds=2)  # less is two commands that wrote at once, not a clock that was set


@dataclass(frozen=True)
class CourseStep:
    """One event, placed."""

    event: Event
    seconds: float  # since the beginning
    took: float  # seconds since the event before
    late: bool  # after the time was over, or after the end


@dataclass(frozen=True)
class Attempt:
    """A check, numbered within its question."""

    number: int
    step: CourseStep
    checked: Checked

    @property
    def accepted(self) -> bool:
        return self.checked.verdict is Verdict.ACCEPTED


@dataclass(frozen=True)
class Work:
    """What happened at one question."""

    question: str
    steps: list[CourseStep]

    @property
    def attempts(self) -> list[Attempt]:
        checks = [(step, step.event) for step in self.steps if isinstance(step.event, Checked)]
        return [Attempt(number, step, event) for number, (step, event) in enumerate(checks, 1)]

    @property
    def hints(self) -> int:
        """Different hints that were shown."""
        return len({step.event.number for step in self.steps if isinstance(step.event, Hinted)})

    @property
    def revealed(self) -> bool:
        """Whether the reference was shown."""
        return any(isinstance(step.event, Revealed) for step in self.steps)

    @property
    def seconds(self) -> float:
        """Time before each of its events, as far back as the event before: whatever that one was about."""
        return sum(step.took for step in self.steps)

    @property
    def in_time(self) -> Attempt | None:
        """The last attempt before the time was over."""
        return next((one for one in reversed(self.attempts) if not one.step.late), None)

    @property
    def late(self) -> Attempt | None:
        """The last attempt after the time was over."""
        return next((one for one in reversed(self.attempts) if one.step.late), None)

    @property
    def solved(self) -> Attempt | None:
        """The first attempt that was accepted."""
        return next((one for one in self.attempts if one.accepted), None)


@dataclass(frozen=True)
class Now:
    """Where an interview stands."""

    seconds: float  # since the beginning, or until its end
    left: float  # seconds; negative where the time is over
    ended: bool


@dataclass(frozen=True)
class Course:
    """A whole interview."""

    session: Session
    steps: list[CourseStep]
    set_back: int  # how often the clock was found to be set back

    @property
    def work(self) -> list[Work]:
        """By question: those of the interview, then others that were touched in its workspace."""
        asked = [one.id for one in self.session.questions]
        touched = [step.event.question for step in self.steps if not isinstance(step.event, Ended)]
        return [self._work(question) for question in dict.fromkeys([*asked, *touched])]

    @property
    def ended(self) -> CourseStep | None:
        return next((step for step in self.steps if isinstance(step.event, Ended)), None)

    @property
    def seconds(self) -> float:
        """From the beginning to the last thing that happened."""
        return self.steps[-1].seconds if self.steps else 0.0

    def _work(self, question: str) -> Work:
        return Work(question, [step for step in self.steps if getattr(step.event, "question", None) == question])


def course_of(session: Session, events: Sequence[Event]) -> Course:
    """Place the events in time."""
    times = [session.begun, *(event.at for event in events)]
    set_back = sum(before - after > SET_BACK for before, after in pairwise(times))
    return Course(session, list(_steps(session, events)), set_back)


def _steps(session: Session, events: Sequence[Event]) -> Iterator[CourseStep]:
    seconds, last, ended = 0.0, session.begun, False
    for event in events:
        took = max(0.0, (event.at - last).total_seconds())
        seconds, last = seconds + took, event.at
        yield CourseStep(event, seconds, took, late=ended or seconds > session.seconds)
        ended = ended or isinstance(event, Ended)


def now(session: Session, events: Sequence[Event], at: datetime | None = None) -> Now:
    """Where an interview stands, at this moment if no other is given."""
    course = course_of(session, events)
    if course.ended:
        return Now(course.ended.seconds, session.seconds - course.ended.seconds, ended=True)
    last = events[-1].at if events else session.begun
    seconds = course.seconds + max(0.0, ((at or datetime.now(UTC)) - last).total_seconds())
    return Now(seconds, session.seconds - seconds, ended=False)


def clock(seconds: float) -> str:
    """Minutes and seconds: 7:05; with hours from the first one on: 1:07:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
