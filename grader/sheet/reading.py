"""From the Markdown of questions to blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from grader.maths import TexError, parse
from grader.sheet.blocks import (
    Block,
    Blocks,
    Break,
    Code,
    CodeBlock,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Inlines,
    Items,
    LineAcross,
    Link,
    Maths,
    Paragraph,
    Plain,
    Quote,
    Strong,
)

_ADDRESS = re.compile(r"(https?://[^\s;,，；。]+[^\s;,.，；。)])")
_SAFE = ("https://", "http://", "mailto:")

Complain = Callable[[str], None]  # called with a sentence for each formula that can't be set


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.use(dollarmath_plugin, double_inline=True, allow_space=False, allow_digits=False, allow_labels=False)


def read_markdown(text: str, complain: Complain) -> Blocks:
    """The blocks of a text. HTML in it is shown, not obeyed."""
    return _from_level_1(_blocks(SyntaxTreeNode(_parser().parse(text)).children, complain))


def _from_level_1(blocks: Blocks) -> Blocks:
    """The highest heading of the text is the first below that of the question."""
    above = min((block.level for block in blocks if isinstance(block, Heading)), default=1) - 1
    return tuple(Heading(one.level - above, one.children) if isinstance(one, Heading) else one for one in blocks)


def read_inline(text: str, complain: Complain) -> Inlines:
    """A text on one line: a title, an option, the name of a mistake. What would be a list or a heading is none."""
    (node,) = SyntaxTreeNode(_parser().parseInline(" ".join(text.split()))).children
    return _inlines(node.children, complain)


def with_links(text: str) -> Inlines:
    """Plain text whose addresses are links."""
    pieces = _ADDRESS.split(" ".join(text.split()))
    return tuple(Link((Plain(p),), p) if i % 2 else Plain(p) for i, p in enumerate(pieces) if p)


def _blocks(nodes: Sequence[SyntaxTreeNode], complain: Complain) -> Blocks:
    found: list[Block] = []
    for node in nodes:
        block = _block(node, complain)
        found += _apart(block) if isinstance(block, Paragraph) else [block]
    return tuple(found)


def _block(node: SyntaxTreeNode, complain: Complain) -> Block:
    match node.type:
        case "paragraph":
            return Paragraph(_inlines(node.children[0].children, complain))
        case "heading":
            return Heading(int(node.tag[1:]), _on_one_line(_inlines(node.children[0].children, complain)))
        case "bullet_list":
            return Items(_items(node, complain))
        case "ordered_list":
            return Items(_items(node, complain), int(node.attrs.get("start", 1)))
        case "fence" | "code_block":
            return CodeBlock(node.content.removesuffix("\n"), node.info.split()[0] if node.info.split() else "")
        case "math_block":
            return _maths(node.content, complain, displayed=True)
        case "table":
            return _grid(node, complain)
        case "blockquote":
            return Quote(_blocks(node.children, complain))
        case "hr":
            return LineAcross()
    raise TypeError(f"nothing is known of '{node.type}' in Markdown")


def _on_one_line(inlines: Inlines) -> Inlines:
    return _stripped(list(_joined([Plain(" ") if isinstance(one, Break) else one for one in inlines])))


def _items(node: SyntaxTreeNode, complain: Complain) -> tuple[Blocks, ...]:
    return tuple(_blocks(item.children, complain) for item in node.children)


def _grid(node: SyntaxTreeNode, complain: Complain) -> Grid:
    head, *bodies = node.children
    rows = [row for body in bodies for row in body.children]
    cells = head.children[0].children
    return Grid(
        head=tuple(_cell(cell, complain) for cell in cells),
        rows=tuple(tuple(_cell(cell, complain) for cell in row.children) for row in rows),
        align=tuple(_alignment(cell) for cell in cells),
    )


def _cell(node: SyntaxTreeNode, complain: Complain) -> Inlines:
    return _inlines(node.children[0].children, complain) if node.children else ()


def _alignment(cell: SyntaxTreeNode) -> Literal["left", "center", "right"]:
    style = str(cell.attrs.get("style", ""))
    return "right" if "right" in style else "center" if "center" in style else "left"


def _inlines(nodes: Sequence[SyntaxTreeNode], complain: Complain) -> Inlines:
    found: list[Inline] = []
    for index, node in enumerate(nodes):
        if node.type == "softbreak":
            found.append(Plain(_joint(nodes[index - 1], nodes[index + 1])))
        elif node.type != "text" or node.content:
            found.append(_inline(node, complain))
    return _joined(found)


def _joined(inlines: list[Inline]) -> Inlines:
    """Neighbouring words as one."""
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Plain) and made and isinstance(made[-1], Plain):
            made[-1] = Plain(made[-1].text + inline.text)
        elif inline != Plain(""):
            made.append(inline)
    return tuple(made)


def _inline(node: SyntaxTreeNode, complain: Complain) -> Inline:
    match node.type:
        case "text" | "text_special":
            return Plain(node.content)
        case "code_inline":
            return Code(node.content)
        case "math_inline":
            return _maths(node.content, complain)
        case "math_inline_double":
            return _maths(node.content, complain, displayed=True)
        case "strong":
            return Strong(_inlines(node.children, complain))
        case "em":
            return Emphasis(_inlines(node.children, complain))
        case "link":
            return _link(_inlines(node.children, complain), str(node.attrs["href"]))
        case "image":  # a sheet holds no pictures from elsewhere
            return _link((Plain(node.content or str(node.attrs["src"])),), str(node.attrs["src"]))
        case "hardbreak":
            return Break()
    raise TypeError(f"nothing is known of '{node.type}' in Markdown")


def _link(children: Inlines, target: str) -> Inline:
    return Link(children, target) if target.startswith(_SAFE) else Emphasis(children)


def _maths(source: str, complain: Complain, *, displayed: bool = False) -> Maths:
    source = source.strip()
    try:
        return Maths(source, parse(source), displayed)
    except TexError as error:
        shown = " ".join(source.split())
        complain(f"the formula '{shown}' can't be set and is shown as it was written: {error}")
        return Maths(source, None, displayed)


def _apart(paragraph: Paragraph) -> list[Block]:
    """A paragraph cut where a formula stands on lines of its own."""
    made: list[Block] = []
    words: list[Inline] = []
    for inline in (*paragraph.children, None):
        ends = inline is None or (isinstance(inline, Maths) and inline.displayed)
        if not ends and inline is not None:
            words.append(inline)
        elif any(word != Plain(" ") for word in words):
            made.append(Paragraph(_stripped(words)))
        if ends:
            words = []
        if isinstance(inline, Maths) and inline.displayed:
            made.append(inline)
    return made


def _stripped(words: list[Inline]) -> Inlines:
    """Without spaces at both ends."""
    if words and isinstance(words[0], Plain):
        words = [Plain(words[0].text.lstrip()), *words[1:]]
    if words and isinstance(words[-1], Plain):
        words = [*words[:-1], Plain(words[-1].text.rstrip())]
    return tuple(word for word in words if word != Plain(""))


def _joint(before: SyntaxTreeNode, after: SyntaxTreeNode) -> str:
    """What the end of a source's line stands for: nothing between Chinese letters, which know no spaces."""
    left, right = before.content[-1:], after.content[:1]
    if before.type == "text" and _is_stop(left):
        return ""
    if after.type == "text" and _is_stop(right):
        return ""
    both = before.type == after.type == "text" and _is_wide(left) and _is_wide(right)
    return "" if both else " "


def _is_wide(letter: str) -> bool:
    return letter != "" and east_asian_width(letter) in "WF"


def _is_stop(letter: str) -> bool:
    return letter != "" and letter in "，。、；：？！（）“”《》"
