"""Formulas in a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths import from_tex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{q k^\top}{\sqrt{D}}", "(q kᵀ)/√D"),
        (r"\frac{1}{D} \sum_{i=1}^{D} x_{n,i}", "1/D ∑ᵢ₌₁^D x_(n,i)"),
        (r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"\frac{\exp(a)}{\sum_r \exp(b)}", "exp(a)/(∑ᵣ exp(b))"),
        (r"\hat{x}_{t-1} = \sqrt{\bar\alpha_t}\, x_0 + \epsilon", "x̂ₜ₋₁ = √ᾱₜ x₀ + ε"),
        (r"x \in \mathbb{R}^{B \times T}", "x ∈ ℝ^(B × T)"),
        (r"\mathrm{ReLU}(x) = \max(0, x)", "ReLU(x) = max(0, x)"),
        (r"\sqrt[3]{x + 1}", "³√(x + 1)"),
        (r"\frac{\partial L}{\partial W}", "∂L/∂W"),
        (r"\log x \cdot \pm 3 \le \infty", "log x · ±3 ≤ ∞"),
        (r"10000^{2i/d}", "10000^(2i/d)"),
        (r"x_{\text{max}}", "xₘₐₓ"),
        (r"\lVert w \rVert_2^2", "‖w‖₂²"),
        (r"\{a, b\} \% \unknown{x}", "{a, b} % unknown x"),
        (r"\begin{cases} a & b \\ c \end{cases}", "{a b; c"),
        ("x'", "x′"),
        ("x^{2", "x²"),
        ("", ""),
    ],
)
def test_formulas_read_as_unicode(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("N\\times N=a-\\beta", "N × N = a - β"),
        ("a - b, -c, (-d), = -e", "a - b, -c, (-d), = -e"),
        ("|-x| + |x| - 1", "|-x| + |x| - 1"),
        (r"\sum_k -x", "∑ₖ -x"),
        (r"a -> b == c != d", "a -> b == c != d"),
        ("a->b, c==d", "a->b, c==d"),
        (r"x_{t-1}, x_{t - \pi}, x_{s\le t}", "xₜ₋₁, x_(t - π), x_(s ≤ t)"),
        (r"(B, \cdot, N)", "(B, ·, N)"),
        (r"2\cos x, \cos\left( x \right), \cos (x)", "2 cos x, cos(x), cos(x)"),
        (r"\lfloor x \rfloor [ a ] \Big( b \Big)", "⌊x⌋ [a] (b)"),
        (r"\nabla f, \nabla \cdot F, \neg p", "∇f, ∇ · F, ¬p"),
        ("W x, Wx, W_q x", "W x, Wx, W_q x"),
        (r"a\!b\,c~d\quad e", "ab c d e"),
    ],
)
def test_spaces_stand_where_they_help(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"x\frac12 y", "x 1/2 y"),
        (r"\frac12(a)", "1/2 (a)"),
        (r"{\frac ab}^2, \frac ab^2", "(a/b)², (a/b)²"),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"{a + b}^2", "(a + b)²"),
        (r"G^l_{bij}, G^2_i, x_\theta^2, x_{ab}^{N}", "Gˡ_bij, Gᵢ², x²_θ, x_ab^N"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1 2; 3 4)"),
        (r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}", "x = 1; y = 2"),
        (r"\left\| x \right\| \left. y \right|", "‖x‖ y|"),
        (r"\overline{AB}", "\u0100B\u0304"),
    ],
)
def test_what_cannot_be_drawn_is_spelt_out(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\mathcal{L}\mathbf{x}\bm{w}\mathfrak{g}\mathbf{10}", "Lxwg10"),
        (r"\mathbb{R}\mathbb{1}", "ℝ𝟙"),
        (r"\phi \epsilon \cdot \mid * -", "φ ε · | * -"),
    ],
)
def test_characters_are_those_of_an_ordinary_font(tex: str, text: str) -> None:
    assert from_tex(tex) == text


@given(st.text(alphabet="\\{}^_$ab[]&~'\n frcsqt", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    from_tex(text)


@pytest.mark.parametrize("piece", ["{", "^", r"\sqrt", r"\sqrt[", r"\frac", r"\hat", r"\begin"])
def test_deep_nesting_is_cut_off(piece: str) -> None:
    assert "…" in from_tex(piece * 5000 + "x") or piece in ("^", r"\begin")
