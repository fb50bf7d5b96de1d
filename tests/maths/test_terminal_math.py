"""TeX in a terminal."""

from __future__ import annotations

import pytest
from grader.cli.mathtext import from_tex, readable
from hypothesis import given
from hypothesis import strategies as st


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
        (r"\lVert w \rVert_2^2", "‖ w ‖₂²"),
        (r"\{a, b\} \% \unknown{x}", "{a, b} % unknownx"),
        (r"\begin{cases} a & b \\ c \end{cases}", "a b ; c"),
        ("x'", "x′"),
        ("x^{2", "x²"),
        ("", ""),
    ],
)
def test_formulas_read_as_unicode(tex: str, text: str) -> None:
    assert from_tex(tex) == text


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


@given(st.text(alphabet="\\{}^_$ab[]&~'\n frcsqt", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    readable(text)
    from_tex(text)


@pytest.mark.parametrize("piece", ["{", "^", r"\sqrt", r"\sqrt[", r"\frac", r"\hat", r"\begin"])
def test_deep_nesting_is_cut_off(piece: str) -> None:
    assert "…" in from_tex(piece * 5000 + "x") or piece in ("{", r"\begin")
