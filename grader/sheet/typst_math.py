"""Formulas in the language of Typst.

Every character is written as `\\u{...}`, so that none can be taken for syntax or join its neighbour to a name.
"""

from __future__ import annotations

from functools import singledispatch

from grader.sheet import tex


def inline(formula: tex.Row) -> str:
    """A formula as an expression of code."""
    return f"${_row(formula)}$"


def displayed(formula: tex.Row) -> str:
    """A formula on lines of its own, in pieces between which a line may end."""
    if any(isinstance(item, tex.Table) and item.kind == "aligned" for item in formula.items):
        return f"math.equation(block: true, ${_row(formula)}$)"
    pieces = ", ".join(f"$#math.display(${_row(piece)}$)$" for piece in tex.pieces(formula))
    return f"formula(({pieces},))"


def quoted(text: str) -> str:
    """A string of code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _row(row: tex.Row) -> str:
    return "".join(_write(node) for node in row.items)


def _arg(row: tex.Row) -> str:
    return f"${_row(row)}$"


def _characters(text: str) -> str:
    return "".join(f"\\u{{{ord(character):x}}}" for character in text)


@singledispatch
def _write(node: tex.Node) -> str:
    raise TypeError(f"no Typst for {type(node).__name__}")


@_write.register
def _(node: tex.Row) -> str:
    return _row(node)


@_write.register
def _(node: tex.Letter) -> str:
    return f"#math.upright(${_characters(node.text)}$)" if node.upright else _characters(node.text)


@_write.register(tex.Number)
@_write.register(tex.Sign)
def _(node: tex.Number | tex.Sign) -> str:
    return _characters(node.text)


@_write.register
def _(node: tex.Name) -> str:
    return f"#math.op({quoted(node.text)}, limits: {'true' if node.limits else 'false'})"


@_write.register
def _(node: tex.Words) -> str:
    return f"#math.upright({quoted(node.text)})"


@_write.register
def _(node: tex.Space) -> str:
    return f"#h({node.em:.4g}em)"


@_write.register
def _(node: tex.Fraction) -> str:
    fraction = f"#math.frac({_arg(node.above)}, {_arg(node.below)})"
    return {"": fraction, "text": f"#math.inline(${fraction}$)", "display": f"#math.display(${fraction}$)"}[node.size]


@_write.register
def _(node: tex.Root) -> str:
    if node.degree is None:
        return f"#math.sqrt({_arg(node.of)})"
    return f"#math.root({_arg(node.degree)}, {_arg(node.of)})"


@_write.register
def _(node: tex.Script) -> str:
    below = f", b: {_arg(node.below)}" if node.below else ""
    above = f", t: {_arg(node.above)}" if node.above else ""
    return f"#math.attach(${_write(node.base)}${below}{above})"


@_write.register
def _(node: tex.Accent) -> str:
    return f"#math.accent({_arg(node.of)}, {quoted(node.mark)})"


@_write.register
def _(node: tex.Sized) -> str:
    return f"#math.lr(size: {node.em}em, ${_characters(node.text)}$)" if node.text else ""


@_write.register
def _(node: tex.Fenced) -> str:
    return f"#math.lr(${_characters(node.left)}{_row(node.inside)}{_characters(node.right)}$)"


@_write.register
def _(node: tex.Table) -> str:
    if node.kind == "aligned":
        return "\\ ".join("&".join(_row(cell) for cell in row) for row in node.rows)
    if node.kind == "cases":
        return f"#math.cases({', '.join('$' + '&#h(1em)'.join(_row(c) for c in row) + '$' for row in node.rows)})"
    rows = ", ".join("(" + "".join(f"{_arg(cell)}, " for cell in row) + ")" for row in node.rows)
    delimiter = quoted(node.left) if node.left else "none"
    return f"#math.mat(delim: {delimiter}, {rows})"
