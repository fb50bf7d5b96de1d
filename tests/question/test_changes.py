"""Replacing texts of a program: where they stand, and when two sets of changes go together."""

from __future__ import annotations

import pytest

from grader.question.changes import Base, Change, changed, find_change, joined

BASE = Base(
    "reference.py",
    """\
import math


def f(q, k):
    scores = q @ k.T  # all pairs
    scores = scores / math.sqrt(k.shape[-1])
    return scores.softmax(dim=-1)
""",
)


def _change(old: str, new: str) -> Change:
    found = find_change(BASE, old, new)
    assert isinstance(found, Change), found
    return found


def _joined(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> str | None:
    return joined(BASE, [_change(*pair) for pair in one], [_change(*pair) for pair in other])


UNSCALED = [("    scores = scores / math.sqrt(k.shape[-1])\n", "")]
WRONG_AXIS = [("dim=-1", "dim=0")]


def test_every_change_is_of_the_base_as_it_stands() -> None:
    text = changed(BASE, [_change("dim=-1", "dim=0"), _change("q @ k.T", "k @ q.T"), _change("import math", "")])
    assert text.startswith("\n\n\ndef f(q, k):\n    scores = k @ q.T  # all pairs\n")
    assert text.endswith("softmax(dim=0)\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("", "x", "the old text is empty; write what the new one takes the place of"),
        ("dim=-1", "dim=-1", "this changes nothing: the old and the new text are the same"),
        (
            "softmax(dim=1)",
            "x",
            "this text is not in reference.py; the nearest is line 7: return scores.softmax(dim=-1)",
        ),
        (
            "    scores = q @ k.T  # all pairs\n    scores = scores / 2\n",
            "x",
            "this text is not in reference.py; the nearest is line 6: scores = scores / math.sqrt(k.shape[-1])",
        ),
        ("q", "x", "this text stands in line 4 and again in line 5 of reference.py; write more of what is around it"),
        ("/ m", "/ m", "this changes nothing: the old and the new text are the same"),
    ],
)
def test_a_text_that_can_not_be_replaced_is_told_in_words(old: str, new: str, problem: str) -> None:
    assert find_change(BASE, old, new) == problem


def test_a_text_twice_in_one_line_names_the_line_once() -> None:
    problem = find_change(Base("accepted/loop.py", "x = y + y\n"), "y", "z")
    assert problem == "this text stands twice in line 1 of accepted/loop.py; write more of what is around it"


def test_a_text_that_is_in_no_line_of_an_empty_base_has_no_nearest() -> None:
    assert find_change(Base("reference.py", ""), "x", "y") == "this text is not in reference.py"


# --- two at once ---


def test_both_changes_are_in_it_whatever_their_order() -> None:
    found = _joined(UNSCALED, WRONG_AXIS)
    assert found == _joined(WRONG_AXIS, UNSCALED)
    assert found is not None
    assert "sqrt" not in found
    assert "dim=0" in found


def test_two_changes_of_one_text_are_not_joined() -> None:
    assert _joined(UNSCALED, [("math.sqrt(k.shape[-1])", "k.shape[-1]")]) is None
    assert _joined(WRONG_AXIS, [("dim=-1", "dim=-2")]) is None


def test_two_changes_of_one_line_are_joined_where_they_do_not_meet() -> None:
    found = _joined([("q @ k.T", "q * k.T")], [("k.T  #", "k  #")])
    assert found is not None
    assert "scores = q * k  # all pairs" in found


def test_what_stays_as_it_is_may_be_in_both() -> None:
    """A line that is written only to say where another one goes is not changed."""
    after = [("    scores = q @ k.T  # all pairs\n", "    scores = q @ k.T  # all pairs\n    scores = scores * 2\n")]
    found = _joined(after, [("q @ k.T", "k @ q.T")])
    assert found is not None
    assert "scores = k @ q.T  # all pairs\n    scores = scores * 2\n" in found


def test_two_insertions_at_one_place_are_not_joined() -> None:
    one = [("    return", "    scores = scores + 1\n    return")]
    other = [("    return scores", "    scores = scores * 2\n    return scores")]
    assert _joined(one, other) is None


def test_a_number_is_changed_as_a_whole() -> None:
    base = Base("reference.py", "x = triu(1)\n")
    one, other = find_change(base, "triu(1)", "triu(10)"), find_change(base, "(1)", "(2)")
    assert isinstance(one, Change) and isinstance(other, Change)
    assert joined(base, [one], [other]) is None
