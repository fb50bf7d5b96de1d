"""Reading TeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths import TexError, from_tex, parse
from grader.maths.formula_tree import Letter, MathRow, Number, Script, Sign, pieces
from grader.maths.tex_reader import MAX_DEPTH, read
from grader.maths.tex_symbols import DELIMITERS, SYMBOLS


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
        (r"a \\ b", r"'\\' stands where nothing is open"),
        ("a # b", "'#' can't stand here"),
        ("{" * 80 + "}" * 80, "it is nested too deeply"),
    ],
)
def test_a_formula_that_cannot_be_read_says_why(formula: str, problem: str) -> None:
    with pytest.raises(TexError, match=re.escape(problem)):
        parse(formula)


def test_a_formula_is_a_row_of_things_with_scripts() -> None:
    squared = Script(Letter("x"), below=None, above=MathRow((Number("2"),)))
    assert parse("x^2 + 10") == MathRow((squared, Sign("+", "binary"), Number("10")), frozenset({1, 2}))


def test_the_spaces_of_the_source_are_kept_apart_from_what_is_set() -> None:
    spaced, tight = parse("a b ( c )"), parse("ab(c)")
    assert spaced.items == tight.items
    assert (spaced.gaps, tight.gaps) == ({1, 2, 3, 4}, frozenset())


def test_a_formula_is_cut_at_its_wide_gaps() -> None:
    assert len(pieces(parse(r"a = b, \qquad c = d, \quad e"))) == 3


@pytest.mark.parametrize(
    ("formula", "kept"),
    [
        (r"\unheard{x}", "unheard x"),
        (r"\frac{a}", "a/"),
        ("x}y", "xy"),
        ("a_b_c", "a_b_c"),
        (r"\left( a", "(a"),
        (r"\left x \right)", "x)"),
        (r"a \right) \end{b} c", "a) c"),
        (r"{ a & b }", "a b"),
        (r"{ \left( a } b", "(a b"),
        (r"a \\ b", "a; b"),
        (r"\begin{align} a & b \\ c \end{align}", "a b; c"),
        (r"\begin{cases} a } & b", "{a b"),
        (r"\text{a \alpha\,b}", "a α b"),
        (r"\text a b", "a b"),
        (r"\sqrt[3{x}", "³ˣ√"),
        ("a # b $ 5 %", "a # b $ 5 %"),
        (r"a \- b \@", "a - b @"),
        ("a\\", "a\\"),
    ],
)
def test_what_cannot_be_read_is_kept_beside_the_rest(formula: str, kept: str) -> None:
    assert read(formula).problem is not None
    assert from_tex(formula) == kept


@given(st.text(alphabet="{}^_ &~.()[]|'12xyzw", max_size=40))
def test_no_letter_is_lost(formula: str) -> None:
    kept = from_tex(formula).translate(str.maketrans("ˣʸᶻʷₓ", "xyzwx"))
    assert sorted(re.findall("[xyzw]", kept)) == sorted(re.findall("[xyzw]", formula))


@given(st.text(alphabet="\\{}^_$ab1.&~'\n frcsqtleightbgn[]()|", max_size=60))
def test_what_cannot_be_read_is_told(formula: str) -> None:
    reading = read(formula)
    if reading.problem is None:
        assert parse(formula) == reading.row
        return
    with pytest.raises(TexError, match=re.escape(reading.problem)):
        parse(formula)


@pytest.mark.parametrize("piece", [r"\sqrt", r"\sqrt[", r"\frac", r"\hat", r"\begin", r"\left(", "{", "x_{"])
def test_deep_nesting_is_told_and_cut_off(piece: str) -> None:
    assert read(piece * 5000).problem is not None
    assert read(piece * (MAX_DEPTH // 3) + "x").problem != "it is nested too deeply"


@pytest.mark.parametrize("piece", ["^", "_", "'", "}", "&", r"\\", r"\right", r"\end", "[", r"\big"])
def test_long_rubbish_is_no_nesting(piece: str) -> None:
    assert read(piece * 5000).problem != "it is nested too deeply"


# --- the table of symbols ---


def test_every_symbol_is_one_character_that_is_read() -> None:
    for token, symbol in SYMBOLS.items():
        assert len(symbol.character) == len(symbol.plainer) == 1
        assert read(token).problem is None, token


def test_every_delimiter_has_a_side() -> None:
    assert {symbol.kind for symbol in DELIMITERS.values()} == {"opening", "closing", "fence"}
