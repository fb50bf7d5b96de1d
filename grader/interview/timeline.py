"""Where things lie in the drawing of an interview's course."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grader.interview.course import Course, CourseStep, Work
from grader.interview.log import Checked, Hinted, Revealed

WIDTH = 1000.0
MARGIN = 14.0  # left and right, so that a mark at the edge is whole
TITLE = 22.0  # height of a lane's title
ROW = 24.0  # height of a row of marks
MAX_ROWS = 4  # of marks in a lane; where more lie at one place, they cover each other
APART = 21.0  # two marks of one row
TOP = 20.0  # for the words at the lines of the end
AXIS = 24.0
END = 14.0  # for the word at the end
MAX_TICKS = 12
_NICE = (1, 2, 5, 10, 15, 30, 60)  # minutes between two ticks


@dataclass(frozen=True)
class Mark:
    """A check, a hint or a look at the solution."""

    x: float
    y: float
    step: CourseStep
    kind: str  # "check", "hint" or "solution"
    anchor: str  # of what the page says about it


@dataclass(frozen=True)
class Lane:
    """One question."""

    work: Work
    y: float  # its top
    track: float  # where its marks begin
    height: float  # of the track
    spans: list[tuple[float, float]]  # from where, how wide: time before its events
    marks: list[Mark]


@dataclass(frozen=True)
class Timeline:
    """The whole drawing."""

    lanes: list[Lane]
    ticks: list[tuple[float, int]]  # where, which minute
    deadline: float  # where the time is over
    ended: float | None  # where somebody ended it
    edge: float  # where the plot ends
    bottom: float  # below the lanes
    height: float
    width: float = WIDTH
    left: float = MARGIN


def timeline(course: Course, anchor_of: Callable[[CourseStep], str]) -> Timeline:
    """Lay a course out. anchor_of: the id of the element about a step."""
    whole = max(course.session.seconds, course.seconds)

    def place(seconds: float) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * seconds / whole, 1)

    lanes, y = [], TOP
    for work in course.work:
        lanes.append(_lane(work, y, place, anchor_of))
        y = lanes[-1].track + lanes[-1].height + 10
    return Timeline(
        lanes,
        ticks=[(place(60.0 * minute), minute) for minute in _ticks(whole / 60)],
        deadline=place(course.session.seconds),
        ended=place(course.ended.seconds) if course.ended else None,
        edge=place(whole),
        bottom=y,
        height=y + AXIS + (END if course.ended else 0.0),
    )


def _lane(work: Work, y: float, place: Callable[[float], float], anchor_of: Callable[[CourseStep], str]) -> Lane:
    xs = [place(step.seconds) for step in work.steps]
    rows = list(_rows(xs))
    marks = [
        Mark(x, y + TITLE + ROW * (row + 0.5), step, _kind(step), anchor_of(step))
        for x, row, step in zip(xs, rows, work.steps, strict=True)
    ]
    starts = [place(step.seconds - step.took) for step in work.steps]
    spans = [(start, round(x - start, 1)) for start, x in zip(starts, xs, strict=True)]
    return Lane(work, y, y + TITLE, ROW * (max(rows, default=0) + 1), spans, marks)


def _kind(step: CourseStep) -> str:
    kinds = {Checked: "check", Hinted: "hint", Revealed: "solution"}
    return kinds[type(step.event)]


def _rows(xs: Sequence[float]) -> Iterator[int]:
    """The first row in which there is room, or else the one whose last mark is farthest away."""
    last = [-APART] * MAX_ROWS
    for x in xs:
        row = next((i for i, before in enumerate(last) if x - before >= APART), None)
        row = min(range(MAX_ROWS), key=last.__getitem__) if row is None else row
        last[row] = x
        yield row


def _ticks(minutes: float) -> range:
    step = next((nice for nice in _NICE if minutes / nice <= MAX_TICKS), None)
    step = step or 60 * (1 + int(minutes / 60 / MAX_TICKS))
    return range(0, int(minutes) + 1, step)
