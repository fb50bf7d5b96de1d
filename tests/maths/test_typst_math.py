"""Formulas on paper."""

from __future__ import annotations

import pytest

from grader.maths import as_typst, parse, typst_string


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("x", r"$\u{78}$"),
        (r"\frac{1}{2}", r"$#math.frac($\u{31}$, $\u{32}$)$"),
        (r"\sqrt[3]{x}", r"$#math.root($\u{33}$, $\u{78}$)$"),
        (r"x_i^2", r"$#math.attach($\u{78}$, b: $\u{69}$, t: $\u{32}$)$"),
        (r"\max_k", r'$#math.attach($#math.op("max", limits: true)$, b: $\u{6b}$)$'),
        (r"a\quad b", r"$\u{61}#h(1em)\u{62}$"),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", r'$#math.mat(delim: "(", ($\u{31}$, ), ($\u{32}$, ))$'),
    ],
)
def test_formulas_become_code_of_typst(formula: str, code: str) -> None:
    assert as_typst(parse(formula)) == code


def test_no_letter_of_a_formula_is_code_of_typst() -> None:
    assert as_typst(parse("xy(z)")) == r"$\u{78}\u{79}\u{28}\u{7a}\u{29}$"
    assert as_typst(parse('\\text{"; panic()}')) == '$#math.upright("\\"; panic()")$'


def test_a_wide_gap_is_where_a_line_may_end() -> None:
    assert as_typst(parse(r"a \qquad b"), displayed=True).count("math.display") == 2


def test_aligned_lines_stay_one_formula() -> None:
    made = as_typst(parse(r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}"), displayed=True)
    assert made == r"math.equation(block: true, $\u{78}&\u{3d}\u{31}\ \u{79}&\u{3d}\u{32}$)"


def test_a_string_of_typst_cannot_be_left() -> None:
    assert typst_string('a"; panic() \\') == '"a\\"; panic() \\\\"'
