"""A sheet as PDF, set by Typst, whose compiler comes with the package `typst`.

The document is an expression of Typst's code, in which texts are string literals: none can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import singledispatch
from pathlib import Path
from typing import Any

from grader.errors import BrokenGrader, UsageError
from grader.maths import as_typst
from grader.maths import typst_string as quoted
from grader.sheet import blocks as b
from grader.sheet.sheet_words import SheetWords

TEMPLATE = Path(__file__).parents[1] / "templates" / "sheet.typ"
# Fonts with Chinese letters, of the kind that stands well beside a Latin text face. Typst brings none.
CHINESE_FONTS = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong", "SimSun",
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def write(document: b.Document) -> bytes:
    """The whole file. Raises UsageError where `typst` is not installed, or a font for Chinese is missing."""
    typst = _typst()
    source = TEMPLATE.read_text(encoding="utf-8") + _document(document)
    fonts = typst.Fonts()
    source = source.replace("CHINESE-FONT", _chinese_font(set(fonts.families()), source))
    try:
        # A timestamp of its own would make every run another file.
        made = typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf", timestamp=0)
    except typst.TypstError as error:
        raise BrokenGrader(f"typst could not set the sheet: {error.message}") from error
    assert isinstance(made, bytes)
    return made


def _typst() -> Any:
    try:
        import typst
        from typst import FontInfo  # noqa: F401  since 0.15
    except ImportError:
        raise UsageError(
            "a PDF needs the package typst, 0.15 or newer; install it with: pip install 'torch-interview-grader[pdf]'"
        ) from None
    return typst


def _chinese_font(families: set[str], source: str) -> str:
    found = next((font for font in CHINESE_FONTS if font in families), None)
    if found is None and _CHINESE.search(source):
        raise UsageError(
            "a PDF with Chinese text needs a font for it, and none is installed; install Noto Serif CJK SC "
            "(on Debian: apt install fonts-noto-cjk), or write the sheet with --format html"
        )
    return found or "Libertinus Serif"


# --- the document ---


def _document(document: b.Document) -> str:
    words = SheetWords(document.language)
    labels = ", ".join(
        f"{key}: {quoted(words(key))}"
        for key in "name date number question kind difficulty time points reached total".split()
    )
    sections = ",\n".join(_section(section) for section in document.sections)
    notes = "".join(f"{quoted(note)}, " for note in document.notes)
    return (
        f"#show: sheet.with(lang: {quoted(document.language)}, title: {quoted(document.title)})\n"
        f"#cover(title: {quoted(document.title)}, candidate: {quoted(document.candidate)}, "
        f"key: {_bool(document.is_key)}, warning: {quoted(words('for the interviewer'))}, words: ({labels}),\n"
        f"  minutes: {quoted(words('min', n=document.minutes))}, points: {quoted(str(document.points))},\n"
        f"  notes: ({notes}), sections: (\n{sections},\n))\n"
    )


def _section(section: b.SheetSection) -> str:
    facts = {
        "id": section.id,
        "number": str(section.number),
        "title": section.title,
        "topic": section.topic,
        "kind": section.kind,
        "difficulty": section.difficulty,
        "time": section.time,
        "points": str(section.points),
        "worth": section.worth,
    }
    written = ", ".join(f"{name}: {quoted(value)}" for name, value in facts.items())
    return f"({written}, body: {_blocks(section.blocks + section.program)})"


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _blocks(blocks: b.Blocks) -> str:
    return "{\n" + "\n".join(map(_block, blocks)) + "\n}" if blocks else "[]"


def _inlines(inlines: b.Inlines) -> str:
    return "{" + "; ".join(map(_inline, inlines)) + "}" if inlines else "[]"


def _list(written: Iterable[str]) -> str:
    """An array; the comma at its end makes one of a single element too."""
    return "(" + "".join(f"{one}, " for one in written) + ")"


# --- in a line ---


@singledispatch
def _inline(node: b.Inline) -> str:
    raise TypeError(f"no Typst for {type(node).__name__}")


@_inline.register
def _(node: b.Plain) -> str:
    return quoted(node.text)


@_inline.register
def _(node: b.Code) -> str:
    return f"code({quoted(node.text)})"


@_inline.register
def _(node: b.Maths) -> str:
    return as_typst(node.tree) if node.tree else f"code({quoted(node.tex)})"


@_inline.register
def _(node: b.Strong) -> str:
    return f"strong({_inlines(node.children)})"


@_inline.register
def _(node: b.Emphasis) -> str:
    return f"emph({_inlines(node.children)})"


@_inline.register
def _(node: b.Link) -> str:
    return f"link({quoted(node.target)}, {_inlines(node.children)})"


@_inline.register
def _(node: b.Break) -> str:
    return "linebreak()"


# --- on lines of their own ---


@singledispatch
def _block(node: b.Block) -> str:
    raise TypeError(f"no Typst for {type(node).__name__}")


@_block.register
def _(node: b.Paragraph) -> str:
    is_label = len(node.children) == 1 and isinstance(node.children[0], b.Strong)
    return f"{'label-line' if is_label else 'par'}({_inlines(node.children)})"


@_block.register
def _(node: b.Heading) -> str:
    return f"heading(level: {min(node.level, 4) + 1}, {_inlines(node.children)})"


@_block.register
def _(node: b.Items) -> str:
    items = ", ".join(_item(item) for item in node.items)
    return f"list({items})" if node.start is None else f"enum(start: {node.start}, {items})"


def _item(blocks: b.Blocks) -> str:
    """A lone paragraph needs no room of its own."""
    if len(blocks) == 1 and isinstance(blocks[0], b.Paragraph):
        return _inlines(blocks[0].children)
    return _blocks(blocks)


@_block.register
def _(node: b.Grid) -> str:
    head = _list(map(_inlines, node.head))
    rows = _list(_inlines(cell) for row in node.rows for cell in row)
    return f"grid-of({_list(node.align)}, {head}, {rows})"


@_block.register
def _(node: b.CodeBlock) -> str:
    language = quoted(node.language) if re.fullmatch(r"\w+", node.language) else "none"
    return f"listing({language}, {quoted(node.text)})"


@_block.register
def _(node: b.Quote) -> str:
    return f"quote(block: true, {_blocks(node.children)})"


@_block.register
def _(node: b.LineAcross) -> str:
    return "line(length: 100%, stroke: 0.4pt)"


@_block.register
def _(node: b.Maths) -> str:
    return as_typst(node.tree, displayed=True) if node.tree else f"listing(none, {quoted(node.tex)})"


@_block.register
def _(node: b.Together) -> str:
    return f"together({_blocks(node.children)})"


@_block.register
def _(node: b.Choices) -> str:
    options = _list(
        f"(id: {quoted(option.id)}, right: {_bool(option.right)}, body: {_inlines(option.children)})"
        for option in node.options
    )
    return f"choices({_bool(node.several)}, {quoted(node.told)}, {options})"


@_block.register
def _(node: b.Blank) -> str:
    return f"blank({quoted(node.label)}, {quoted(node.unit)})"


@_block.register
def _(node: b.WritingSpace) -> str:
    return f"space({quoted(node.label)}, {node.lines})"
