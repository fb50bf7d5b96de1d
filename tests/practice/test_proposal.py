"""Which question is next."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from grader.practice.events import Event
from grader.practice.proposal import Candidate, Proposal, propose
from grader.practice.standing import standings
from grader.question.types import Difficulty
from tests.practice.events import check, event, solved

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)

BANK = [
    Candidate("a-hard", "alpha", "hard", 10),
    Candidate("a-easy-long", "alpha", "easy", 30),
    Candidate("a-easy", "alpha", "easy", 10),
    Candidate("b-medium", "beta", "medium", 10),
    Candidate("b-easy", "beta", "easy", 5),
]


def proposed(*events: Event, today: date = TODAY, bank: list[Candidate] = BANK) -> Proposal | None:
    return propose(bank, events, standings(events), today, UTC)


def test_the_first_is_the_easiest_and_shortest_of_all() -> None:
    assert proposed() == Proposal("b-easy", "new")


def test_new_ones_come_from_the_topic_of_the_last_one_easier_before_harder() -> None:
    assert proposed(solved("a-easy", 0, "alpha")) == Proposal("a-easy-long", "new_here")
    assert proposed(solved("a-easy", 0, "alpha"), solved("a-easy-long", 1, "alpha")) == Proposal("a-hard", "new_here")


def test_a_topic_that_is_done_gives_way_to_the_easiest_elsewhere() -> None:
    alpha = [solved(name, minute, "alpha") for minute, name in enumerate(("a-easy", "a-easy-long", "a-hard"))]
    assert proposed(*alpha) == Proposal("b-easy", "new")


def test_what_failed_just_now_is_not_proposed_again_at_once() -> None:
    assert proposed(check("b-easy", 0, "beta")) == Proposal("b-medium", "new_here")


def test_what_failed_comes_back_on_another_day() -> None:
    assert proposed(check("b-easy", 0, "beta"), today=TOMORROW) == Proposal("b-easy", "failed")


def test_what_failed_comes_back_after_three_others() -> None:
    failed = check("b-medium", 0, "beta")
    others = [solved("b-easy", 1, "beta"), solved("a-easy", 2, "alpha"), check("a-hard", 3, "alpha")]
    assert proposed(failed, *others[:2]) == Proposal("a-easy-long", "new_here")
    assert proposed(failed, *others) == Proposal("b-medium", "failed")


def test_what_was_only_begun_comes_back_too() -> None:
    assert proposed(event("start", "a-hard", 0, "alpha"), today=TOMORROW) == Proposal("a-hard", "begun")


def test_what_waits_longest_comes_first() -> None:
    events = [check("a-hard", 0, "alpha"), check("b-easy", 1, "beta"), check("a-hard", 2, "alpha")]
    assert proposed(*events, today=TOMORROW) == Proposal("b-easy", "failed")


def test_at_the_end_what_failed_just_now_is_all_there_is() -> None:
    assert proposed(check("b-easy"), bank=[BANK[-1]]) == Proposal("b-easy", "failed")


def test_nothing_is_proposed_where_all_are_solved() -> None:
    assert proposed(*(solved(each.id) for each in BANK)) is None
    assert proposed(bank=[]) is None


@given(
    st.lists(st.tuples(st.sampled_from([one.id for one in BANK]), st.booleans()), max_size=12),
    st.permutations(BANK),
    st.integers(0, 3),
)
def test_following_proposals_solves_everything(
    history: list[tuple[str, bool]], bank: list[Candidate], days: int
) -> None:
    topics = {one.id: one.topic for one in bank}
    events = [(solved if right else check)(name, minute, topics[name]) for minute, (name, right) in enumerate(history)]
    today = TODAY + timedelta(days=days)
    for _ in range(len(bank) + 1):
        now = proposed(*events, today=today, bank=bank)
        assert now == proposed(*events, today=today, bank=sorted(bank))
        if now is None:
            break
        assert not standings(events).get(now.question) or not standings(events)[now.question].is_solved
        events.append(solved(now.question, len(events), topics[now.question]))
    assert now is None


def test_every_difficulty_has_a_place_in_the_order() -> None:
    bank = [Candidate(level, "t", level, 5) for level in reversed(get_args(Difficulty))]
    events: list[Event] = []
    order = []
    while (now := proposed(*events, bank=bank)) is not None:
        order.append(now.question)
        events.append(solved(now.question, len(events), "t"))
    assert order == list(get_args(Difficulty))
