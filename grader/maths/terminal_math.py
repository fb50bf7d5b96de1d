"""Formulas as Unicode, for terminals: `$\\frac{q k^\\top}{\\sqrt{D}}$` becomes `(q kᵀ)/√D`.

A terminal can't typeset. A fraction has a slash, what has no small letters stands behind `^` or `_`, and lines
stand behind each other. Where the author left a space there is one, which keeps the letters of products apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import singledispatch

from grader.maths import formula_tree as tree
from grader.maths.tex_symbols import SYMBOLS, SymbolKind

_PLAINER = str.maketrans({symbol.character: symbol.plainer for symbol in SYMBOLS.values()})
_RAISED = dict(
    zip(
        "0123456789+-=()niTabcdefghjklmoprstuvwxyz⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SIMPLE = re.compile(r"[^\s+\-=·×/,<>≤≥≈→()]*|\w*\([^()]*\)")  # needs no parentheses round it
_ONE_SIDED = ("+", "−", "±", "∓")  # signs of a number where nothing stands before them
_CLINGING = ("∂", "∇", "¬")


def inline(formula: tree.MathRow) -> str:
    """A formula on one line."""
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", _row(formula)).strip())


def _row(row: tree.MathRow, *, small: bool = False) -> str:
    """The things of a row; in what is small, as scripts are, operators ask for no room."""
    made = ""
    for index, node in enumerate(row.items):
        made += " " if index and _is_apart(row, index, small) else ""
        made += _write(node)
    return made


# --- where spaces stand ---


def _is_apart(row: tree.MathRow, index: int, small: bool) -> bool:
    """Whether there is a space before an item."""
    before, node = row.items[index - 1], row.items[index]
    if _kind(before) == "opening" or _kind(node) == "closing" or _clings(row, index - 1, node):
        return False
    if index in row.gaps:
        return not (_is_name(before) and _opens(node))
    if _runs_into(before, node):
        return True
    if _kind(node) == "punctuation":
        return False
    return _has_room(row, index, small) or _has_room(row, index - 1, small)


def _has_room(row: tree.MathRow, index: int, small: bool) -> bool:
    """Whether an item is an operator that stands apart on both sides."""
    if small and not row.gaps & {index, index + 1}:
        return False
    if _kind(row.items[index]) == "relation":
        return not _is_joined(row, index) and not _is_joined(row, index + 1)
    return _kind(row.items[index]) == "binary" and _has_left(row, index) and _has_right(row, index)


def _is_joined(row: tree.MathRow, index: int) -> bool:
    """Whether a relation is typed right behind another sign, as in ->, == and !=."""
    if not 0 < index < len(row.items) or index in row.gaps or _kind(row.items[index]) != "relation":
        return False
    return _kind(row.items[index - 1]) in ("binary", "relation", "ordinary")


def _has_left(row: tree.MathRow, index: int) -> bool:
    """Whether there is something that an operator could join to what follows."""
    before = next((node for node in row.items[:index][::-1] if not isinstance(node, tree.MathSpace)), None)
    if before is None or _is_word(before):
        return False
    if _kind(before) == "fence":  # which opens or closes
        return index in row.gaps
    return _kind(before) not in ("binary", "relation", "punctuation", "opening")


def _has_right(row: tree.MathRow, index: int) -> bool:
    after = row.items[index + 1] if index + 1 < len(row.items) else None
    return after is not None and _kind(after) not in ("relation", "punctuation", "closing")


def _clings(row: tree.MathRow, index: int, after: tree.Node) -> bool:
    """Whether an item stands close to what follows."""
    node = row.items[index]
    if not isinstance(node, tree.Letter | tree.Sign) or _kind(after) not in (None, "opening", "big", "integral"):
        return False
    return node.text in _CLINGING or (node.text in _ONE_SIDED and not _has_left(row, index))


def _runs_into(before: tree.Node, node: tree.Node) -> bool:
    """Whether two things would be taken for one, or for others."""
    if _opens(node):
        return _is_fraction(before)
    if _is_word(before) or _is_fraction(before):
        return not isinstance(node, tree.Sign | tree.MathSpace)
    return _is_ordinary(before) and (_is_word(node) or _is_fraction(node))


def _kind(node: tree.Node) -> SymbolKind | None:
    node = _base(node)
    return node.kind if isinstance(node, tree.Sign | tree.Sized) else None


def _base(node: tree.Node) -> tree.Node:
    return node.base if isinstance(node, tree.Script) else node


def _is_name(node: tree.Node) -> bool:
    return isinstance(_base(node), tree.Name)


def _is_word(node: tree.Node) -> bool:
    """Whether it speaks of what follows: cos, or a sum."""
    return _is_name(node) or _kind(node) in ("big", "integral")


def _is_fraction(node: tree.Node) -> bool:
    return isinstance(_base(node), tree.Fraction)


def _is_ordinary(node: tree.Node) -> bool:
    ordinary = tree.Letter | tree.Number | tree.MathWords | tree.Fraction | tree.Root | tree.Accent
    return isinstance(_base(node), ordinary)


def _opens(node: tree.Node) -> bool:
    return _kind(node) == "opening" or isinstance(node, tree.Fenced)


# --- what each thing looks like ---


@singledispatch
def _write(node: tree.Node) -> str:
    raise TypeError(f"no terminal can show {type(node).__name__}")


@_write.register
def _(node: tree.MathRow) -> str:
    return _row(node)


@_write.register
def _(node: tree.Letter) -> str:
    # A bold or a curly letter is the letter; ℝ is not R.
    is_typeface = node.plain and "DOUBLE-STRUCK" not in unicodedata.name(node.text[0], "")
    return (node.plain if is_typeface else node.text).translate(_PLAINER)


@_write.register(tree.Number)
@_write.register(tree.MathWords)
@_write.register(tree.Name)
def _(node: tree.Number | tree.MathWords | tree.Name) -> str:
    return node.text


@_write.register(tree.Sign)
@_write.register(tree.Sized)
def _(node: tree.Sign | tree.Sized) -> str:
    return node.text.translate(_PLAINER)


@_write.register
def _(node: tree.MathSpace) -> str:
    return " " if node.em > 0 else ""


@_write.register
def _(node: tree.Fraction) -> str:
    return f"{_grouped(_row(node.above))}/{_grouped(_row(node.below))}"


@_write.register
def _(node: tree.Root) -> str:
    degree = _script(node.degree, raised=True).removeprefix("^") if node.degree else ""
    return f"{degree}√{_grouped(_row(node.of))}"


@_write.register
def _(node: tree.Script) -> str:
    below, above = _script(node.below, raised=False), _script(node.above, raised=True)
    drawn_first = (above, below) if below.startswith("_") and not above.startswith("^") else (below, above)
    return _script_base(node.base) + "".join(drawn_first)


@_write.register
def _(node: tree.Accent) -> str:
    """The mark over every letter; a mark takes none, or nesting would double the text each time."""
    text = _row(node.of)
    return "".join(letter if unicodedata.combining(letter) else letter + node.mark for letter in text)


@_write.register
def _(node: tree.Fenced) -> str:
    return f"{node.left}{_row(node.inside)}{node.right}"


@_write.register
def _(node: tree.Table) -> str:
    return node.left + "; ".join(" ".join(_row(cell) for cell in row) for row in node.rows) + node.right


def _script_base(node: tree.Node) -> str:
    if isinstance(node, tree.Fraction | tree.Root):
        return f"({_write(node)})"
    return _grouped(_row(node)) if isinstance(node, tree.MathRow) else _write(node)


def _script(row: tree.MathRow | None, *, raised: bool) -> str:
    if row is None:
        return ""
    text = _row(row, small=True)
    table = _RAISED if raised else _LOWERED
    compact = text.replace(" ", "")
    if compact and all(letter in table for letter in compact):
        return "".join(table[letter] for letter in compact)
    return f"{'^' if raised else '_'}{_grouped(text)}"


def _grouped(text: str) -> str:
    """In parentheses where it would fall apart without."""
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"
