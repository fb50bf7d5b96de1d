"""Which questions go on a sheet."""

# ruff: noqa: E501  a table of exact messages is read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UnknownName, UsageError
from grader.question.bank import Bank
from grader.sheet.selection import Wanted, draw, named
from tests.banks import write_question
from tests.sheet.samples import bank_of


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    return bank_of(tmp_path / "bank", monkeypatch)


def ids(bank: Bank, wanted: Wanted, seed: int = 1, candidate: str = "") -> list[str]:
    return [entry.id for entry in draw(bank, wanted, seed, candidate).entries]


def minutes(bank: Bank, chosen: list[str]) -> int:
    return sum(bank[name].question.minutes for name in chosen)


def test_named_questions_come_in_their_order(bank: Bank) -> None:
    assert [entry.id for entry in named(bank, ["c", "demo/a"])] == ["c", "a"]


def test_a_question_cannot_be_named_twice(bank: Bank) -> None:
    with pytest.raises(UsageError, match="'a' is named twice; a sheet holds a question once"):
        named(bank, ["a", "demo/a"])
    with pytest.raises(UnknownName, match="there is no question 'x'"):
        named(bank, ["x"])


def test_a_draw_takes_all_that_match_and_the_easy_ones_first(bank: Bank) -> None:
    drawn = ids(bank, Wanted())
    assert sorted(drawn) == ["a", "b", "c", "d", "heads", "scaled-rows"]
    ranks = ["easy", "medium", "hard", "expert"]
    difficulties = [ranks.index(bank[name].question.difficulty) for name in drawn]
    assert difficulties == sorted(difficulties)
    assert ids(bank, Wanted(kinds=("concept",))) == ["heads"]
    assert sorted(ids(bank, Wanted(difficulties=("medium", "expert")))) == ["b", "d"]


def test_a_draw_is_repeated_by_its_seed_and_name(bank: Bank) -> None:
    wanted = Wanted(count=3)
    assert ids(bank, wanted, 5, "Ada") == ids(bank, wanted, 5, "Ada")
    assert len({tuple(ids(bank, wanted, 5, name)) for name in ("Ada", "Grace", "Edsger", "Alan", "Barbara")}) > 1
    assert len({tuple(ids(bank, wanted, seed)) for seed in range(8)}) > 1


def test_the_same_name_in_another_encoding_draws_the_same(bank: Bank) -> None:
    wanted = Wanted(count=2)
    for seed in range(5):
        assert ids(bank, wanted, seed, "Zo\u00eb") == ids(bank, wanted, seed, "Zoe\u0308")


def test_draws_are_the_same_in_every_version(bank: Bank) -> None:
    assert ids(bank, Wanted(count=3), 7, "Ada") == ["scaled-rows", "c", "d"]


def test_a_new_question_does_not_shuffle_the_others(bank: Bank) -> None:
    before = ids(bank, Wanted(kinds=("implement",), count=3))
    rest = [name for name in ids(bank, Wanted(kinds=("implement",))) if name not in before]
    folder = bank[rest[0]].folder
    (folder / "question.yaml").unlink()
    assert ids(Bank.open(), Wanted(kinds=("implement",), count=3)) == before


@pytest.mark.parametrize("seed", range(20))
def test_minutes_bound_the_total(bank: Bank, seed: int) -> None:
    assert 0 < minutes(bank, ids(bank, Wanted(minutes=40), seed)) <= 40
    four = ids(bank, Wanted(minutes=41, count=4), seed)
    assert len(four) == 4 and minutes(bank, four) <= 41


def test_minutes_are_used_up_as_far_as_any_question_fits(bank: Bank) -> None:
    for seed in range(20):
        chosen = ids(bank, Wanted(minutes=60), seed)
        left = [entry.id for entry in bank if entry.id not in chosen]
        assert minutes(bank, chosen) + min(minutes(bank, [name]) for name in left) > 60


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted(kinds=("train",)), "no question matches; `grader list` with the same options shows what there is"),
        (Wanted(topics=("dem",)), "there is no topic 'dem'; did you mean 'demo'?"),
        (Wanted(count=7), "only 6 questions match, and --count asks for 7; ask for fewer or widen the selection"),
        (Wanted(kinds=("concept",), count=2), "only 1 question matches, and --count asks for 2; ask for fewer or widen the selection"),
        (Wanted(minutes=4), "the shortest question that matches takes 5 minutes, and --minutes allows 4; allow more or ask for less"),
        (Wanted(minutes=39, count=4), "the shortest 4 questions that match take 40 minutes, and --minutes allows 39; allow more or ask for less"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_sentence(bank: Bank, wanted: Wanted, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        draw(bank, wanted, 1, "")
    assert str(caught.value) == message


def test_a_damaged_question_is_told_and_not_drawn(bank: Bank) -> None:
    write_question(bank.roots[0], "kind: [", name="broken")
    drawn = draw(Bank.open(), Wanted(), 1, "")
    assert len(drawn.entries) == 6
    assert len(drawn.damaged) == 1 and "broken" in drawn.damaged[0]
