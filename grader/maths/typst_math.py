"""Formulas in the language of Typst.

Every character is written as `\\u{...}`, so that none can be taken for syntax or join its neighbour to a name.
"""

from __future__ import annotations

from functools import singledispatch

from grader.maths import formula_tree as tree


def inline(formula: tree.MathRow) -> str:
    """A formula as an expression of code."""
    return f"${_row(formula)}$"


def displayed(formula: tree.MathRow) -> str:
    """A formula on lines of its own, in pieces between which a line may end."""
    if any(isinstance(item, tree.Table) and item.kind == "aligned" for item in formula.items):
        return f"math.equation(block: true, ${_row(formula)}$)"
    pieces = ", ".join(f"$#math.display(${_row(piece)}$)$" for piece in tree.pieces(formula))
    return f"formula(({pieces},))"


def quoted(text: str) -> str:
    """A string of code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _row(row: tree.MathRow) -> str:
    return "".join(_write(node) for node in row.items)


def _arg(row: tree.MathRow) -> str:
    return f"${_row(row)}$"


def _characters(text: str) -> str:
    return "".join(f"\\u{{{ord(character):x}}}" for character in text)


@singledispatch
def _write(node: tree.Node) -> str:
    raise TypeError(f"no Typst for {type(node).__name__}")


@_write.register
def _(node: tree.MathRow) -> str:
    return _row(node)


@_write.register
def _(node: tree.Letter) -> str:
    return f"#math.upright(${_characters(node.text)}$)" if node.upright else _characters(node.text)


@_write.register(tree.Number)
@_write.register(tree.Sign)
def _(node: tree.Number | tree.Sign) -> str:
    return _characters(node.text)


@_write.register
def _(node: tree.Name) -> str:
    return f"#math.op({quoted(node.text)}, limits: {'true' if node.limits else 'false'})"


@_write.register
def _(node: tree.MathWords) -> str:
    return f"#math.upright({quoted(node.text)})"


@_write.register
def _(node: tree.MathSpace) -> str:
    return f"#h({node.em:.4g}em)"


@_write.register
def _(node: tree.Fraction) -> str:
    fraction = f"#math.frac({_arg(node.above)}, {_arg(node.below)})"
    return {"": fraction, "text": f"#math.inline(${fraction}$)", "display": f"#math.display(${fraction}$)"}[node.size]


@_write.register
def _(node: tree.Root) -> str:
    if node.degree is None:
        return f"#math.sqrt({_arg(node.of)})"
    return f"#math.root({_arg(node.degree)}, {_arg(node.of)})"


@_write.register
def _(node: tree.Script) -> str:
    below = f", b: {_arg(node.below)}" if node.below else ""
    above = f", t: {_arg(node.above)}" if node.above else ""
    return f"#math.attach(${_write(node.base)}${below}{above})"


@_write.register
def _(node: tree.Accent) -> str:
    return f"#math.accent({_arg(node.of)}, {quoted(node.mark)})"


@_write.register
def _(node: tree.Sized) -> str:
    return f"#math.lr(size: {node.em}em, ${_characters(node.text)}$)" if node.text else ""


@_write.register
def _(node: tree.Fenced) -> str:
    return f"#math.lr(${_characters(node.left)}{_row(node.inside)}{_characters(node.right)}$)"


@_write.register
def _(node: tree.Table) -> str:
    if node.kind == "aligned":
        return "\\ ".join("&".join(_row(cell) for cell in row) for row in node.rows)
    if node.kind == "cases":
        return f"#math.cases({', '.join('$' + '&#h(1em)'.join(_row(c) for c in row) + '$' for row in node.rows)})"
    rows = ", ".join("(" + "".join(f"{_arg(cell)}, " for cell in row) + ")" for row in node.rows)
    delimiter = quoted(node.left) if node.left else "none"
    return f"#math.mat(delim: {delimiter}, {rows})"
