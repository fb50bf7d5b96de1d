"""Markdown with formulas, in a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths import readable


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("it is $x^2$.", "it is x²."),
        ("$a$ and $b_i$", "a and bᵢ"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("code `$x^2$` and\n```\n$x^2$\n```\n", "code `$x^2$` and\n```\n$x^2$\n```\n"),
        ("over $a +\nb$ lines", "over a + b lines"),
        ("as\n\n$$\n\\alpha\n$$\n\nso", "as\n\n    α\n\nso"),
        ("an escaped \\$x$ stays", "an escaped \\$x$ stays"),
    ],
)
def test_only_maths_is_touched(markdown: str, text: str) -> None:
    assert readable(markdown) == text


def test_formulas_are_kept_from_being_read_as_markdown() -> None:
    assert readable("$a * b * x_{(a)}$", escaped=True) == r"a \* b \* x₍ₐ₎"
    assert readable("$$x_{i,j}$$", escaped=True) == "\n\n> x\\_(i,j)\n\n"


@given(st.text(alphabet="\\{}^_$ab[]&~'\n `frcsqt", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    readable(text)


@given(st.text(alphabet="ab `~*_\n", max_size=60))
def test_a_text_without_maths_stays_as_it_is(text: str) -> None:
    assert readable(text, escaped=True) == text
