"""Formulas as MathML, which browsers set without any script."""

from __future__ import annotations

from functools import singledispatch

from markupsafe import Markup

from grader.maths import formula_tree as tree

_MARKS = {  # combining characters as those that stand alone, which fonts place well over their base
    "\u0302": "ˆ", "\u0304": "¯", "\u0303": "˜", "\u20d7": "→", "\u0307": "˙", "\u0308": "¨", "\u030c": "ˇ",
}  # fmt: skip
_BRACKETS = ("opening", "closing", "fence")


def inline(formula: tree.MathRow) -> Markup:
    """A formula in a line of text."""
    return Markup("<math>{}</math>").format(_row(formula))


def displayed(formula: tree.MathRow) -> Markup:
    """A formula on lines of its own, in pieces between which a line may end."""
    only = formula.items[0] if len(formula.items) == 1 else None
    if isinstance(only, tree.Table) and only.kind == "aligned":
        return _aligned(only)
    written = Markup(" ").join(_display_style(piece) for piece in tree.pieces(formula))
    return Markup('<div class="formula">{}</div>').format(written)


def _aligned(table: tree.Table) -> Markup:
    """Aligned lines as a table of HTML: browsers don't align the cells of MathML's own to the right."""
    rows = Markup().join(
        Markup("<tr>{}</tr>").format(Markup().join(Markup("<td>{}</td>").format(_display_style(cell)) for cell in row))
        for row in table.rows
    )
    return Markup('<div class="formula"><table class="aligned">{}</table></div>').format(rows)


def _display_style(formula: tree.MathRow) -> Markup:
    return Markup('<math displaystyle="true">{}</math>').format(_row(formula))


def _row(row: tree.MathRow) -> Markup:
    """The things of a row, with the gaps that TeX puts round a name and MathML does not."""
    made = Markup()
    for index, node in enumerate(row.items):
        before = row.items[index - 1] if index else None
        after = row.items[index + 1] if index + 1 < len(row.items) else None
        if _is_name(node) and before is not None and _is_ordinary(before):
            made += _gap(3 / 18)
        made += _prefix(node) if _is_prefix(node, before) else _write(node)
        if (
            _is_name(node)
            and after is not None
            and not _opens(after)
            and not isinstance(after, tree.Sign | tree.MathSpace)
        ):
            made += _gap(3 / 18)
    return Markup("<mrow>{}</mrow>").format(made) if len(row.items) != 1 else made


def _is_prefix(node: tree.Node, before: tree.Node | None) -> bool:
    """Whether a plus or minus belongs to what follows, and so stands close to it."""
    if not isinstance(node, tree.Sign) or node.text not in "+−±∓":
        return False
    return before is None or _opens(before) or (isinstance(before, tree.Sign) and before.kind not in _BRACKETS)


def _prefix(node: tree.Node) -> Markup:
    assert isinstance(node, tree.Sign)
    return Markup('<mo form="prefix">{}</mo>').format(node.text)


def _is_name(node: tree.Node) -> bool:
    return isinstance(node.base if isinstance(node, tree.Script) else node, tree.Name)


def _is_ordinary(node: tree.Node) -> bool:
    node = node.base if isinstance(node, tree.Script) else node
    return isinstance(node, tree.Letter | tree.Number | tree.MathWords | tree.Fraction | tree.Root | tree.Accent)


def _opens(node: tree.Node) -> bool:
    return isinstance(node, tree.Sign | tree.Sized) and node.kind == "opening"


def _needs_gap(after: tree.Node) -> bool:
    """Whether a name would run into what stands behind it."""
    return not _opens(after) and not isinstance(after, tree.Sign | tree.MathSpace)


def _gap(em: float) -> Markup:
    return Markup('<mspace width="{}em"/>').format(f"{em:.4g}")


@singledispatch
def _write(node: tree.Node) -> Markup:
    raise TypeError(f"no MathML for {type(node).__name__}")


@_write.register
def _(node: tree.MathRow) -> Markup:
    return _row(node)


@_write.register
def _(node: tree.Letter) -> Markup:
    return Markup('<mi mathvariant="normal">{}</mi>' if node.upright else "<mi>{}</mi>").format(node.text)


@_write.register
def _(node: tree.Number) -> Markup:
    return Markup("<mn>{}</mn>").format(node.text)


@_write.register
def _(node: tree.Sign) -> Markup:
    if node.kind in _BRACKETS:
        return Markup('<mo stretchy="false" fence="true" lspace="0em" rspace="0em">{}</mo>').format(node.text)
    if node.kind == "dots":  # no operator, which would keep its neighbours at a distance
        return Markup('<mi mathvariant="normal">{}</mi>').format(node.text)
    if node.text == "∣":
        return Markup('<mo stretchy="false" lspace="0.28em" rspace="0.28em">{}</mo>').format(node.text)
    return Markup("<mo>{}</mo>").format(node.text)


@_write.register
def _(node: tree.Name) -> Markup:
    # One letter alone would be set in italics.
    return Markup('<mi mathvariant="normal">{}</mi>').format(node.text)


@_write.register
def _(node: tree.MathWords) -> Markup:
    text = node.text.replace(" ", "\N{NO-BREAK SPACE}")  # outer spaces would be dropped
    return Markup("<mtext>{}</mtext>").format(text)


@_write.register
def _(node: tree.MathSpace) -> Markup:
    return _gap(node.em)


@_write.register
def _(node: tree.Fraction) -> Markup:
    fraction = Markup("<mfrac>{}{}</mfrac>").format(_row(node.above), _row(node.below))
    if not node.size:
        return fraction
    display = "true" if node.size == "display" else "false"
    return Markup('<mstyle displaystyle="{}" scriptlevel="0">{}</mstyle>').format(display, fraction)


@_write.register
def _(node: tree.Root) -> Markup:
    if node.degree is None:
        return Markup("<msqrt>{}</msqrt>").format(_row(node.of))
    return Markup("<mroot>{}{}</mroot>").format(_row(node.of), _row(node.degree))


@_write.register
def _(node: tree.Script) -> Markup:
    limits = isinstance(node.base, tree.Sign | tree.Name) and node.base.limits
    below, above = ("under", "over") if limits else ("sub", "sup")
    tag = "m" + (below if node.below else "") + (above if node.above else "")
    base = _write(node.base)
    if limits and isinstance(node.base, tree.Name):  # only an operator lets its limits move beside it
        base = Markup('<mo movablelimits="true" lspace="0em" rspace="0em">{}</mo>').format(node.base.text)
    parts = Markup().join(_row(part) for part in (node.below, node.above) if part is not None)
    return Markup("<{}>{}{}</{}>").format(tag, base, parts, tag)


@_write.register
def _(node: tree.Accent) -> Markup:
    return Markup('<mover accent="true">{}<mo stretchy="false">{}</mo></mover>').format(
        _row(node.of), _MARKS[node.mark]
    )


@_write.register
def _(node: tree.Sized) -> Markup:
    if not node.text:
        return Markup()
    return Markup(
        '<mo stretchy="true" symmetric="true" minsize="{}em" maxsize="{}em" lspace="0em" rspace="0em">{}</mo>'
    ).format(node.em, node.em, node.text)


@_write.register
def _(node: tree.Fenced) -> Markup:
    return Markup("<mrow>{}{}{}</mrow>").format(_fence(node.left), _row(node.inside), _fence(node.right))


@_write.register
def _(node: tree.Table) -> Markup:
    rows = Markup().join(
        Markup("<mtr>{}</mtr>").format(Markup().join(Markup("<mtd>{}</mtd>").format(_row(cell)) for cell in row))
        for row in node.rows
    )
    table = Markup('<mtable class="{}"{}>{}</mtable>').format(
        node.kind, Markup(' displaystyle="true"') if node.kind == "aligned" else "", rows
    )
    return Markup("<mrow>{}{}{}</mrow>").format(_fence(node.left), table, _fence(node.right))


def _fence(text: str) -> Markup:
    if not text:
        return Markup()
    return Markup('<mo stretchy="true" fence="true" lspace="0em" rspace="0em">{}</mo>').format(text)
