"""Formulas: read once, set twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from grader.sheet.tex_reader import TexError, parse
from hypothesis import given
from hypothesis import strategies as st

from grader.sheet import blocks as b
from grader.sheet import mathml, tex, typst_math
from grader.sheet.reading import read_inline, read_markdown
from tests.sheet.samples import built_in, markdown_of


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
    made = mathml.inline(parse(formula))
    assert [element.tag for element in ElementTree.fromstring(made).iter()] == tags.split()
    assert words_of(made) == words


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        (r"\unheard{x}", r"the command \unheard is not known"),
        (r"\frac{a}", "an argument is missing"),
        ("x^{2", "'}' is missing"),
        ("x}", "'}' stands where nothing is open"),
        ("a_b_c", "it has two subscripts in a row"),
        (r"\left( a", r"'\right' is missing"),
        (r"\left x \right)", "'x' is no bracket"),
        (r"\begin{align} a \end{align}", "the environment 'align' is not known"),
        (r"\begin{cases} a \end{matrix}", r"\begin{cases} has no end"),
        (r"\begin{cases} a", r"'&' is missing"),
        (r"\begin{cases} a } \end{cases}", "'}' stands where nothing is open"),
        (r"\text{a \alpha}", r"\alpha can't stand in a text"),
        (r"\text{a", "'}' is missing"),
        (r"\sqrt[3{x}", "']' is missing"),
        (r"\text a", "'{' is missing"),
        ("a # b", "'#' can't stand here"),
        ("{" * 50 + "}" * 50, "it is nested too deeply"),
    ],
)
def test_a_formula_that_cannot_be_read_says_why(formula: str, problem: str) -> None:
    with pytest.raises(TexError, match=re.escape(problem)):
        parse(formula)


@given(st.text(alphabet="\\{}^_$ab1.&~'\n frcsqtleightbgn[]()|", max_size=60))
def test_no_text_is_more_than_unreadable(formula: str) -> None:
    try:
        row = parse(formula)
    except TexError:
        return
    ElementTree.fromstring(mathml.inline(row))
    assert typst_math.inline(row).startswith("$")


def test_text_in_a_formula_is_no_markup() -> None:
    made = mathml.inline(parse(r"\text{<script>alert(1)</script>} < a"))
    assert "<script" not in made
    assert words_of(made) == "<script>alert(1)</script><a"


def test_no_letter_of_a_formula_is_code_of_typst() -> None:
    assert typst_math.inline(parse("xy(z)")) == r"$\u{78}\u{79}\u{28}\u{7a}\u{29}$"
    assert typst_math.inline(parse('\\text{"; panic()}')) == '$#math.upright("\\"; panic()")$'


def test_a_sign_before_a_number_stands_close_to_it() -> None:
    for formula, prefixes in ((r"a = \pm 3", 1), ("a - 3", 0), ("-3", 1), ("(-3)", 1), ("(a) - 3", 0), ("a^{-3}", 1)):
        assert mathml.inline(parse(formula)).count('form="prefix"') == prefixes, formula


def test_wide_gaps_are_where_a_line_may_end() -> None:
    assert len(tex.pieces(parse(r"a = b, \qquad c = d, \quad e"))) == 3
    assert mathml.displayed(parse(r"a \qquad b")).count("<math") == 2


def test_aligned_lines_are_a_table() -> None:
    made = mathml.displayed(parse(r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}"))
    assert made.count("<tr>") == 2 and made.count("<td>") == 4


# --- the bank ---


def formulas() -> Iterator[b.Maths]:
    """Every formula of the bank, in both languages."""

    def within(value: object) -> Iterator[b.Maths]:
        if isinstance(value, b.Maths):
            yield value
        elif isinstance(value, tuple):
            for one in value:
                yield from within(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from within(getattr(value, name))

    for entry in built_in():
        for text in markdown_of(entry):
            yield from within((read_markdown(text.en, pytest.fail), read_markdown(text.zh, pytest.fail)))
        for mistake in entry.mistakes.values():
            for text in (mistake.name, mistake.way_out):
                yield from within((read_inline(text.en, pytest.fail), read_inline(text.zh, pytest.fail)))


def test_every_formula_of_the_bank_can_be_set() -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    from grader.sheet import pdf

    found = {maths.tex: maths for maths in formulas()}
    assert len(found) > 300
    for maths in found.values():
        assert maths.tree is not None
        ElementTree.fromstring(mathml.inline(maths.tree))
        ElementTree.fromstring(mathml.displayed(maths.tree))
    body = tuple(b.Maths(maths.tex, maths.tree, displayed=True) for maths in found.values())
    inline = tuple(b.Paragraph((b.Maths(maths.tex, maths.tree),)) for maths in found.values())
    section = b.Section("x", 1, "x", "x", "x", "x", "x", 1, "x", 1, body + inline, b.Listing("", ""))
    assert pdf.write(b.Document("en", False, "x", "", (section,), ())).startswith(b"%PDF")
