"""Formulas in a browser."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths import TexError, as_mathml, parse


def words_of(markup: str) -> str:
    """What somebody reads of a formula."""
    return "".join(ElementTree.fromstring(markup).itertext())


@pytest.mark.parametrize(
    ("formula", "tags", "words"),
    [
        ("x^2", "math msup mi mn", "x2"),
        (r"\frac12", "math mfrac mn mn", "12"),
        (r"\tfrac{\pi}{2}", "math mstyle mfrac mi mn", "π2"),
        (r"\bar\alpha_t'", "math msubsup mover mi mo mi mi", "α¯t′"),
        (r"\sqrt[3]{x}", "math mroot mi mn", "x3"),
        (r"10.5", "math mn", "10.5"),
        (r"(B, \text{in\_channels})", "math mrow mo mi mo mtext mo", "(B,in_channels)"),
        (r"\operatorname{mean}\big(x\big)", "math mrow mi mo mi mo", "mean(x)"),
        (r"\left[ a \right)", "math mrow mo mi mo", "[a)"),
        (r"\max_k x", "math mrow munder mo mi mspace mi", "maxkx"),
        (r"\sum_{k=1}^n", "math munderover mo mrow mi mo mn mi", "∑k=1n"),
        (r"a\,b", "math mrow mi mspace mi", "ab"),
        (r"\mathbb{R}^{B \times T}", "math msup mi mrow mi mo mi", "ℝB×T"),
        (r"\mathcal{L}", "math mi", "ℒ"),
        (
            r"\begin{cases} a & b \\ c & d \end{cases}",
            "math mrow mo mtable mtr mtd mi mtd mi mtr mtd mi mtd mi",
            "{abcd",
        ),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", "math mrow mo mtable mtr mtd mn mtr mtd mn mo", "(12)"),
        ("a - b", "math mrow mi mo mi", "a−b"),
        (r"\{a\}", "math mrow mo mi mo", "{a}"),
        (r"{}^\top", "math msup mrow mi", "⊤"),
    ],
)
def test_formulas_become_mathml(formula: str, tags: str, words: str) -> None:
    made = as_mathml(parse(formula))
    assert [element.tag for element in ElementTree.fromstring(made).iter()] == tags.split()
    assert words_of(made) == words


def test_text_in_a_formula_is_no_markup() -> None:
    made = as_mathml(parse(r"\text{<script>alert(1)</script>} < a"))
    assert "<script" not in made
    assert words_of(made) == "<script>alert(1)</script><a"


def test_a_sign_before_a_number_stands_close_to_it() -> None:
    for formula, prefixes in ((r"a = \pm 3", 1), ("a - 3", 0), ("-3", 1), ("(-3)", 1), ("(a) - 3", 0), ("a^{-3}", 1)):
        assert as_mathml(parse(formula)).count('form="prefix"') == prefixes, formula


def test_a_sign_behind_an_opening_norm_stands_close_to_its_number() -> None:
    assert as_mathml(parse(r"\lVert -x \rVert - 3")).count('form="prefix"') == 1


def test_a_wide_gap_is_where_a_line_may_end() -> None:
    assert as_mathml(parse(r"a \qquad b"), displayed=True).count("<math") == 2


def test_aligned_lines_are_a_table() -> None:
    made = as_mathml(parse(r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}"), displayed=True)
    assert made.count("<tr>") == 2 and made.count("<td>") == 4


@given(st.text(alphabet="\\{}^_$ab1.&~'\n frcsqtleightbgn[]()|", max_size=60))
def test_whatever_can_be_read_is_markup(formula: str) -> None:
    try:
        row = parse(formula)
    except TexError:
        return
    ElementTree.fromstring(as_mathml(row))
