"""TeX maths: read once into a tree, and written as MathML, as Typst, and as Unicode for terminals.

A writer is a file that walks the tree of `formula_tree`, and a function here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.maths import typst_math
from grader.maths.formula_tree import MathRow
from grader.maths.markdown_maths import from_tex, readable
from grader.maths.tex_reader import TexError, parse
from grader.maths.typst_math import quoted as typst_string

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["MathRow", "TexError", "as_mathml", "as_typst", "from_tex", "parse", "readable", "typst_string"]


def as_mathml(formula: MathRow, *, displayed: bool = False) -> Markup:
    """A formula as markup that needs no script: in a line of text, or on lines of its own."""
    from grader.maths import mathml  # brings markupsafe along, which `grader show` does without

    return mathml.displayed(formula) if displayed else mathml.inline(formula)


def as_typst(formula: MathRow, *, displayed: bool = False) -> str:
    """A formula as an expression of Typst's code: in a line of text, or on lines of its own."""
    return typst_math.displayed(formula) if displayed else typst_math.inline(formula)
