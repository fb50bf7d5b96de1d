"""What events come to."""

from __future__ import annotations

from datetime import date, timedelta, timezone

from grader.practice.standing import by_topic, standings, streak
from tests.practice.events import at, check, event, solved


def test_a_question_is_begun_then_tried_then_solved() -> None:
    events = [event("start"), check(minutes=3, points=1, mistake="no_scale"), solved(minutes=5)]
    assert standings(events[:1])["one"].status == "started"
    tried = standings(events[:2])["one"]
    assert (tried.status, tried.points, tried.max_points, tried.last_mistake) == ("tried", 1, 3, "no_scale")
    now = standings(events)["one"]
    assert (now.status, now.attempts, now.points, now.last_mistake) == ("solved", 2, 3, None)
    assert (now.solved, now.solved_hash, now.first, now.last) == (at(5), "hash", at(0), at(5))


def test_solved_after_seeing_the_solution_is_told_apart() -> None:
    assert standings([event("solution"), solved(minutes=1)])["one"].status == "solved_after_seeing"
    assert standings([solved(), event("solution", minutes=1), solved(minutes=2)])["one"].status == "solved"


def test_what_was_solved_stays_solved() -> None:
    now = standings([solved(), check(minutes=1)])["one"]
    assert (now.status, now.points, now.attempts) == ("solved", 3, 2)


def test_the_furthest_hint_counts() -> None:
    hints = [event("hint", hint=1), event("hint", hint=2), event("hint", hint=1)]
    assert standings(hints)["one"].hints == 2


def test_time_is_what_passed_before_each_event_of_a_question() -> None:
    events = [event("start"), check(minutes=10), event("hint", minutes=12, hint=1), solved(minutes=13)]
    assert standings(events)["one"].seconds == 13 * 60


def test_a_break_counts_for_nothing() -> None:
    assert standings([event("start"), check(minutes=60), check(minutes=121)])["one"].seconds == 60 * 60


def test_no_minute_counts_twice_and_none_before_a_first_look() -> None:
    events = [
        event("start", "one"),
        check("two", 10),
        check("one", 15),
        event("start", "three", 40),
        check("three", 44),
    ]
    spent = {name: standing.seconds / 60 for name, standing in standings(events).items()}
    assert spent == {"one": 5, "two": 10, "three": 4}
    assert standings([check("one"), event("solution", "two", 30)])["two"].seconds == 0


def test_a_clock_that_goes_back_takes_no_time_away() -> None:
    assert standings([event("start"), check(minutes=5), solved(minutes=2)])["one"].seconds == 5 * 60


def test_topics_have_the_number_of_their_questions_and_the_sums() -> None:
    events = [solved("one"), event("solution", "two", 1), solved("two", 2), check("three", 3), solved("gone", 4, "old")]
    demo, old, other = by_topic(standings(events).values(), {"demo": 5, "other": 2})
    assert (demo.topic, demo.questions, demo.solved, demo.solved_after_seeing, demo.tried) == ("demo", 5, 2, 1, 1)
    assert (old.topic, old.questions, old.solved) == ("old", 0, 1)
    assert (other.topic, other.attempts, other.seconds) == ("other", 0, 0)


# --- the streak ---

DAY = 24 * 60
TODAY = date(2026, 3, 2)  # of at(0)


def test_a_streak_is_of_days_in_a_row_up_to_today_or_yesterday() -> None:
    events = [check(minutes=-DAY * days) for days in (5, 2, 1)]
    zone = timezone.utc  # noqa: UP017  a zone as any other
    assert streak(events, TODAY, zone) == 2
    assert streak([*events, check()], TODAY, zone) == 3
    assert streak(events, TODAY + timedelta(days=1), zone) == 0
    assert streak([], TODAY, zone) == 0


def test_only_checks_keep_a_streak() -> None:
    assert streak([event("start"), event("hint", hint=1)], TODAY) == 0


def test_days_are_those_of_the_local_calendar() -> None:
    late = [check(minutes=-DAY + 11 * 60), check()]  # 23:00 UTC the day before, and noon
    tokyo = timezone(timedelta(hours=9))
    assert streak(late, TODAY, timezone(timedelta())) == 2
    assert streak(late, TODAY, tokyo) == 1
