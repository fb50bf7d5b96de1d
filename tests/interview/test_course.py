"""The journal, and what it says about time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.interview import log
from grader.interview.course import Course, clock, course_of, now
from grader.interview.session import Session
from grader.interview.timeline import APART, MARGIN, WIDTH, Timeline, timeline
from grader.verdict import Verdict
from tests.interview.building import BEGUN, Interview


def course(interview: Interview) -> Course:
    return course_of(interview.workspace.session, log.read(interview.workspace).events)


def test_events_come_back_as_they_were_written(interview: Interview) -> None:
    interview.check(3, "scaled-rows", "x = 1\n")
    interview.hint(4, "scaled-rows", 1)
    interview.solution(5, "heads")
    interview.end(6)
    read = log.read(interview.workspace)
    kinds = [type(event) for event in read.events]
    assert kinds == [log.Checked, log.Hinted, log.Revealed, log.Ended]
    assert read.damaged == 0


BROKEN = (
    b"not json\n",
    b"{}\n",
    b'{"event":"check"}\n',
    b'{"event":"hint","at":"2026-03-14T09:05:00","question":"heads","number":1}\n',  # no time zone
    b'{"event":"other","at":"2026-03-14T09:05:00Z"}\n',
    b'{"event":"end","at":"2026-03-14T09:05:00Z"} trailing\n',
    b"\xff\xfe\n",
    b"[" * 100_000 + b"\n",
)


def test_lines_that_cannot_be_read_are_counted_and_lose_no_other(interview: Interview) -> None:
    for line in BROKEN:
        interview.hint(1, "scaled-rows", 1)
        interview.raw(line)
    read = log.read(interview.workspace)
    assert (len(read.events), read.damaged) == (len(BROKEN), len(BROKEN))


def test_a_torn_last_line_stays_alone(interview: Interview) -> None:
    interview.raw(b'{"event":"hint","at":"20')
    interview.hint(2, "scaled-rows", 1)
    read = log.read(interview.workspace)
    assert (len(read.events), read.damaged) == (1, 1)


def test_commands_at_once_do_not_mix_their_lines(interview: Interview) -> None:
    def write() -> None:
        for number in range(50):
            interview.hint(1, "scaled-rows", number)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read = log.read(interview.workspace)
    assert (len(read.events), read.damaged) == (200, 0)


def test_a_journal_that_is_gone_is_one_sentence(interview: Interview) -> None:
    (interview.workspace.folder / log.FILE).unlink()
    with pytest.raises(UsageError, match=r"journal\.jsonl: can't be read: No such file or directory"):
        log.read(interview.workspace)


def test_time_before_an_event_belongs_to_its_question(interview: Interview) -> None:
    interview.check(4, "scaled-rows", "a")
    interview.hint(6, "heads", 1)
    interview.check(9, "scaled-rows", "b", Verdict.ACCEPTED, 6)
    first, second = course(interview).work
    assert (first.seconds, second.seconds) == (7 * 60, 2 * 60)
    assert (len(first.attempts), first.hints, second.hints) == (2, 0, 1)
    assert first.solved is not None
    assert first.solved.number == 2


def test_what_comes_after_the_time_or_the_end_is_late(interview: Interview) -> None:
    interview.check(29.9, "scaled-rows", "a")
    interview.check(30.1, "scaled-rows", "b", Verdict.ACCEPTED, 6)
    work = course(interview).work[0]
    assert work.in_time is not None
    assert work.late is not None
    assert (work.in_time.number, work.late.number) == (1, 2)


def test_after_the_end_everything_is_late(interview: Interview) -> None:
    interview.end(5)
    interview.check(6, "scaled-rows", "a")
    work = course(interview).work[0]
    assert work.in_time is None
    assert work.late is not None
    assert now(interview.workspace.session, log.read(interview.workspace).events).seconds == 5 * 60


def test_a_clock_that_is_set_back_costs_one_step_and_makes_nothing_negative(interview: Interview) -> None:
    interview.check(10, "scaled-rows", "a")
    interview.check(-50, "scaled-rows", "b")  # an hour back
    interview.check(-45, "scaled-rows", "c")
    found = course(interview)
    assert [step.seconds for step in found.steps] == [600, 600, 900]
    assert found.set_back == 1


@given(st.lists(st.floats(-1e6, 1e6)))
def test_durations_are_never_negative(minutes: list[float]) -> None:
    events = [log.Hinted(Interview.at(minute), "heads", 1) for minute in minutes]
    session = Session(1, "s", "Ada", 30, BEGUN, "en", "0.1.0", [])
    found = course_of(session, events)
    seconds = [step.seconds for step in found.steps]
    assert seconds == sorted(seconds)
    assert all(step.took >= 0 for step in found.steps)
    assert now(session, events, BEGUN).seconds >= 0


def test_time_left_counts_on_between_events(interview: Interview) -> None:
    interview.check(10, "scaled-rows", "a")
    session, events = interview.workspace.session, log.read(interview.workspace).events
    assert now(session, events, Interview.at(12)).left == 18 * 60
    assert now(session, events, Interview.at(40)).left == -10 * 60
    assert now(session, events, Interview.at(9)).left == 20 * 60  # the clock went back since
    assert not now(session, [], BEGUN + timedelta(minutes=1)).ended


def test_a_question_that_was_not_asked_comes_last(interview: Interview) -> None:
    interview.check(1, "other", "x")
    assert [work.question for work in course(interview).work] == ["scaled-rows", "heads", "other"]


def test_a_clock_reads_as_people_write_it() -> None:
    assert [clock(seconds) for seconds in (0, 5, 65.9, 3599, 3605)] == ["0:00", "0:05", "1:05", "59:59", "1:00:05"]


# --- the drawing ---


def drawn(interview: Interview) -> Timeline:
    return timeline(course(interview), lambda step: f"e{step.seconds:g}")


def test_marks_lie_in_their_lane_and_none_covers_another_while_there_is_room(interview: Interview) -> None:
    for minute in (1, 1.1, 1.2, 1.3, 20):
        interview.check(minute, "scaled-rows", "a")
    lane = drawn(interview).lanes[0]
    assert all(lane.track < mark.y < lane.track + lane.height for mark in lane.marks)
    for one in lane.marks:
        others = [other for other in lane.marks if other is not one and other.y == one.y]
        assert all(abs(one.x - other.x) >= APART for other in others)


@pytest.mark.parametrize("last", [0, 29, 31, 600, 5_000_000])
def test_everything_lies_on_the_drawing_and_ticks_stay_few(interview: Interview, last: float) -> None:
    interview.hint(last, "heads", 1)
    interview.end(last)
    drawing = drawn(interview)
    places = [x for x, _ in drawing.ticks] + [mark.x for lane in drawing.lanes for mark in lane.marks]
    places += [drawing.deadline, drawing.edge, drawing.ended or 0.0]
    assert all(MARGIN <= x <= WIDTH - MARGIN for x in places)
    assert len(drawing.ticks) <= 14
