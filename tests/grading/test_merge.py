"""Two wrong solutions are joined only where each keeps its own change."""

from __future__ import annotations

from grader.grading.merge import merged

BASE = '''"""The right one."""
import math


def f(q, k):
    """Scores."""
    scores = q @ k.T  # all pairs
    scores = scores / math.sqrt(k.shape[-1])
    return scores.softmax(dim=-1)
'''
UNSCALED = BASE.replace("    scores = scores / math.sqrt(k.shape[-1])\n", "").replace("The right one", "No scale")
WRONG_AXIS = BASE.replace("dim=-1", "dim=0").replace("  # all pairs", "")
SCALED_BY_D = BASE.replace("math.sqrt(k.shape[-1])", "k.shape[-1]")


def test_both_changes_are_in_it() -> None:
    found = merged(BASE, UNSCALED, WRONG_AXIS)
    assert found is not None
    assert "sqrt" not in found
    assert "dim=0" in found
    compile(found, "merged.py", "exec")


def test_the_order_does_not_matter() -> None:
    assert merged(BASE, UNSCALED, WRONG_AXIS) == merged(BASE, WRONG_AXIS, UNSCALED)


def test_two_changes_of_one_line_are_not_joined() -> None:
    assert merged(BASE, UNSCALED, SCALED_BY_D) is None


def test_what_changes_words_only_is_no_mistake() -> None:
    assert (
        merged(BASE, BASE.replace("The right one", "Another docstring").replace("  # all pairs", ""), UNSCALED) is None
    )


def test_two_insertions_at_one_place_are_not_joined() -> None:
    first = BASE.replace("    return", "    scores = scores + 1\n    return")
    second = BASE.replace("    return", "    scores = scores * 2\n    return")
    assert merged(BASE, first, second) is None
