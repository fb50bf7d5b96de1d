"""A sheet as one HTML file: no script, no network, A4 when it is printed.

Texts reach the page through `Markup.format` and Jinja2's autoescape, which both escape them.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache, singledispatch
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.maths import as_mathml
from grader.pages import highlight, kit
from grader.sheet import blocks as b
from grader.sheet.sheet_words import SheetWords

_LANGUAGES = {"python": "python", "py": "python", "yaml": "yaml"}  # that can be coloured, by their names in Markdown
TEMPLATES = Path(__file__).parents[1] / "templates"


def write(document: b.Document) -> str:
    """The whole page."""
    style = _style()
    return (
        _environment()
        .get_template("sheet.html.j2")
        .render(
            d=document,
            w=SheetWords(document.language),
            language=kit.HTML_LANGUAGE[document.language],
            style=style,
            policy=f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'",
            write_blocks=_blocks,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> Markup:
    return Markup((TEMPLATES / "sheet.css").read_text(encoding="utf-8"))  # our own file


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _each(written: Iterable[Markup]) -> Markup:
    return Markup().join(written)


def _inlines(inlines: b.Inlines) -> Markup:
    return _each(map(_inline, inlines))


def _blocks(blocks: b.Blocks) -> Markup:
    return _each(map(_block, blocks))


# --- in a line ---


@singledispatch
def _inline(node: b.Inline) -> Markup:
    raise TypeError(f"no HTML for {type(node).__name__}")


@_inline.register
def _(node: b.Plain) -> Markup:
    return Markup("{}").format(node.text)


@_inline.register
def _(node: b.Code) -> Markup:
    return Markup("<code>{}</code>").format(node.text)


@_inline.register
def _(node: b.Maths) -> Markup:
    return as_mathml(node.tree) if node.tree else Markup('<code class="tex">{}</code>').format(node.tex)


@_inline.register
def _(node: b.Strong) -> Markup:
    return Markup("<strong>{}</strong>").format(_inlines(node.children))


@_inline.register
def _(node: b.Emphasis) -> Markup:
    return Markup("<em>{}</em>").format(_inlines(node.children))


@_inline.register
def _(node: b.Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(node.target, _inlines(node.children))


@_inline.register
def _(node: b.Break) -> Markup:
    return Markup("<br>")


# --- on lines of their own ---


@singledispatch
def _block(node: b.Block) -> Markup:
    raise TypeError(f"no HTML for {type(node).__name__}")


@_block.register
def _(node: b.Paragraph) -> Markup:
    is_label = len(node.children) == 1 and isinstance(node.children[0], b.Strong)
    return Markup('<p class="label">{}</p>\n' if is_label else "<p>{}</p>\n").format(_inlines(node.children))


@_block.register
def _(node: b.Heading) -> Markup:
    tag = f"h{min(node.level, 4) + 2}"  # the question's own is h2
    return Markup("<{}>{}</{}>\n").format(tag, _inlines(node.children), tag)


@_block.register
def _(node: b.Items) -> Markup:
    items = _each(Markup("<li>{}</li>\n").format(_item(item)) for item in node.items)
    if node.start is None:
        return Markup("<ul>\n{}</ul>\n").format(items)
    return Markup('<ol start="{}">\n{}</ol>\n').format(node.start, items)


def _item(blocks: b.Blocks) -> Markup:
    """A lone paragraph needs no room of its own."""
    if blocks and isinstance(blocks[0], b.Paragraph):
        return _inlines(blocks[0].children) + _blocks(blocks[1:])
    return _blocks(blocks)


@_block.register
def _(node: b.Grid) -> Markup:
    def row(cells: tuple[b.Inlines, ...], tag: str) -> Markup:
        pairs = zip(cells, node.align, strict=True)
        written = _each(Markup('<{} class="{}">{}</{}>').format(tag, at, _inlines(cell), tag) for cell, at in pairs)
        return Markup("<tr>{}</tr>\n").format(written)

    body = _each(row(cells, "td") for cells in node.rows)
    head = row(node.head, "th")
    return Markup('<table class="grid">\n<thead>{}</thead>\n<tbody>{}</tbody></table>\n').format(head, body)


@_block.register
def _(node: b.CodeBlock) -> Markup:
    if node.language not in _LANGUAGES:
        return Markup('<pre class="code"><code>{}</code></pre>\n').format(node.text)
    shown = highlight.listing(node.text, _LANGUAGES[node.language])
    lines = [_line([(t.style, t.text) for t in line.tokens], line.more) for line in shown.lines]
    if shown.more:
        lines.append(Markup("… +{}").format(shown.more))
    return Markup('<pre class="code"><code>{}</code></pre>\n').format(Markup("\n").join(lines))


def _line(tokens: list[tuple[str, str]], more: int) -> Markup:
    plain, styled = Markup("{}"), Markup('<span class="t-{}">{}</span>')
    written = _each(styled.format(style, text) if style else plain.format(text) for style, text in tokens)
    return written + Markup("… +{}").format(more) if more else written


@_block.register
def _(node: b.Quote) -> Markup:
    return Markup("<blockquote>{}</blockquote>\n").format(_blocks(node.children))


@_block.register
def _(node: b.LineAcross) -> Markup:
    return Markup("<hr>\n")


@_block.register
def _(node: b.Maths) -> Markup:
    if node.tree is None:
        return Markup('<pre class="code"><code class="tex">{}</code></pre>\n').format(node.tex)
    return as_mathml(node.tree, displayed=True) + Markup("\n")


@_block.register
def _(node: b.Together) -> Markup:
    return Markup('<div class="together">\n{}</div>\n').format(_blocks(node.children))


@_block.register
def _(node: b.Choices) -> Markup:
    shape = "square" if node.several else "round"
    options = _each(
        Markup('<li class="{}"><span class="box {}">{}</span><b>{}</b><span>{}</span></li>\n').format(
            "right" if option.right else "", shape, "✓" if option.right else "", option.id, _inlines(option.children)
        )
        for option in node.options
    )
    told = Markup('<p class="told">{}</p>\n').format(node.told) if node.told else Markup()
    return told + Markup('<ul class="choices">\n{}</ul>\n').format(options)


@_block.register
def _(node: b.Blank) -> Markup:
    return Markup('<p class="blank"><b>{}</b><span class="dots"></span>{}</p>\n').format(node.label, node.unit)


@_block.register
def _(node: b.WritingSpace) -> Markup:
    lines = Markup('<div class="line"></div>') * node.lines
    return Markup('<p class="label"><strong>{}</strong></p>\n<div class="space">{}</div>\n').format(node.label, lines)
