"""A sheet as Markdown, with formulas between dollar signs.

What is written here and read again by `reading` is the same: a test holds the two together.
"""

from __future__ import annotations

import re
from functools import singledispatch
from textwrap import indent

from grader.sheet import blocks as b
from grader.sheet.sheet_words import SheetWords

BLANK = r"\_" * 24
_SPECIAL = re.compile(r"[\\`*_\[\]<$~]|&(?=#?\w+;)")
_BEGINNING = re.compile(r"^([-+#>=:]|\d+(?=[.)]))")  # of a line: would begin a list, a heading or a quotation


def write(document: b.Document) -> str:
    """The whole file."""
    parts = [cover(document), *(f"---\n\n{section(document, one)}" for one in document.sections)]
    return "\n\n".join(parts) + "\n"


def cover(document: b.Document) -> str:
    """The title page."""
    words = SheetWords(document.language)
    title = f"# {_plain(document.title)}"
    fields = _key_line(document, words) if document.is_key else _fields(document, words)
    notes = [_plain(note) for note in document.notes]
    return "\n\n".join([title, fields, _block(_contents(document, words)), *notes])


def section(document: b.Document, one: b.SheetSection, *, on_paper: bool = True) -> str:
    """A question. Not on paper, it has no room to write, and its program is left out."""
    facts = " · ".join([f"`{one.id}`", one.topic, one.kind, one.difficulty, one.time, one.worth])
    heading = f"## {one.number}. {_plain(one.title)}"
    blocks = one.blocks + one.program if on_paper else _off_paper(one.blocks)
    return "\n\n".join([heading, facts, write_blocks(blocks)])


def write_blocks(blocks: b.Blocks) -> str:
    """Blocks with an empty line between them."""
    written: list[str] = []
    other = False  # whether the last list had the other mark; two lists with the same would be one
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        if isinstance(block, b.Items):
            follows = isinstance(before, b.Items) and (before.start is None) == (block.start is None)
            other = follows and not other
            written.append(_items(block, other))
        else:
            written.append(_block(block))
    return "\n\n".join(written)


def _off_paper(blocks: b.Blocks) -> b.Blocks:
    """Without room to write. Boxes are lists, because nobody can tick them."""
    found: list[b.Block] = []
    for block in blocks:
        if isinstance(block, b.Together):
            found += _off_paper(block.children)
        elif isinstance(block, b.Choices) and not any(option.right for option in block.options):
            found.append(b.Items(tuple((_option(option),) for option in block.options)))
        elif not isinstance(block, b.Blank | b.WritingSpace):
            found.append(block)
    return tuple(found)


def _option(option: b.Choice) -> b.Paragraph:
    return b.Paragraph((b.Strong((b.Plain(option.id),)), b.Plain(" "), *option.children))


def _fields(document: b.Document, words: SheetWords) -> str:
    colon = words("colon").strip()
    name = _plain(document.candidate) or BLANK
    return f"**{words('name')}{colon}** {name}\n\n**{words('date')}{colon}** {BLANK}"


def _key_line(document: b.Document, words: SheetWords) -> str:
    name = f" {words('name')}{words('colon')}{_plain(document.candidate)}" if document.candidate else ""
    return f"**{words('for the interviewer')}**{name}"


def _contents(document: b.Document, words: SheetWords) -> b.Grid:
    keys = ["number", "question", "kind", "difficulty", "time", "points"]
    rows = [
        (str(s.number), f"{s.title} ({s.id})", s.kind, s.difficulty, s.time, str(s.points)) for s in document.sections
    ]
    rows.append(("", words("total"), "", "", words("min", n=document.minutes), str(document.points)))
    return b.Grid(
        head=tuple((b.Plain(words(key)),) for key in keys),
        rows=tuple(tuple((b.Plain(cell),) for cell in row) for row in rows),
        align=("right", "left", "left", "left", "right", "right"),
    )


# --- in a line ---


def _plain(text: str) -> str:
    """Words, with what Markdown would take for markup escaped."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _inlines(inlines: b.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _ticks(text: str, least: int) -> str:
    """A run of backticks that does not occur in a text."""
    return "`" * max(least, 1 + max((len(run) for run in re.findall("`+", text)), default=0))


@singledispatch
def _inline(node: b.Inline) -> str:
    raise TypeError(f"no Markdown for {type(node).__name__}")


@_inline.register
def _(node: b.Plain) -> str:
    return _plain(node.text)


@_inline.register
def _(node: b.Code) -> str:
    ticks = _ticks(node.text, 1)
    # A space at each end is dropped where there are two, unless there is nothing else.
    loses = node.text.strip(" ") and node.text.startswith(" ") and node.text.endswith(" ")
    gap = " " if loses or node.text.startswith("`") or node.text.endswith("`") else ""
    return f"{ticks}{gap}{node.text}{gap}{ticks}"


@_inline.register
def _(node: b.Maths) -> str:
    return f"${' '.join(node.tex.split())}$"


@_inline.register
def _(node: b.Strong) -> str:
    return f"**{_inlines(node.children)}**"


@_inline.register
def _(node: b.Emphasis) -> str:
    return f"*{_inlines(node.children)}*"


@_inline.register
def _(node: b.Link) -> str:
    if node.children == (b.Plain(node.target),):
        return f"<{node.target}>"
    return f"[{_inlines(node.children)}](<{node.target}>)"


@_inline.register
def _(node: b.Break) -> str:
    return "\\\n"


# --- on lines of their own ---


@singledispatch
def _block(node: b.Block) -> str:
    raise TypeError(f"no Markdown for {type(node).__name__}")


@_block.register
def _(node: b.Paragraph) -> str:
    befores = (b.Break(), *node.children)
    return "".join(
        _begun(_inline(one)) if isinstance(one, b.Plain) and isinstance(before, b.Break) else _inline(one)
        for before, one in zip(befores, node.children, strict=False)
    )


def _begun(line: str) -> str:
    """Words at the beginning of a line, where more is markup than elsewhere."""
    return _BEGINNING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)


@_block.register
def _(node: b.Heading) -> str:
    words = re.sub(r"#(?=#*$)", r"\\#", _inlines(node.children))  # those at the end would be dropped
    return f"{'#' * min(6, node.level + 2)} {words}"


def _items(node: b.Items, other: bool) -> str:
    marks = [f"{'*' if other else '-'} "] * len(node.items)
    if node.start is not None:
        marks = [f"{node.start + index}{')' if other else '.'} " for index in range(len(node.items))]
    written = [
        mark + indent(write_blocks(item), " " * len(mark)).removeprefix(" " * len(mark))
        for mark, item in zip(marks, node.items, strict=True)
    ]
    return ("\n" if all(len(item) <= 1 for item in node.items) else "\n\n").join(written)


@_block.register
def _(node: b.Items) -> str:
    return _items(node, other=False)


@_block.register
def _(node: b.Grid) -> str:
    rules = {"left": "---", "center": ":---:", "right": "---:"}
    lines = [_row(node.head), f"| {' | '.join(rules[at] for at in node.align)} |", *map(_row, node.rows)]
    return "\n".join(lines)


def _row(cells: tuple[b.Inlines, ...]) -> str:
    return f"| {' | '.join(_inlines(cell).replace('|', chr(92) + '|') for cell in cells)} |"


@_block.register
def _(node: b.CodeBlock) -> str:
    ticks = _ticks(node.text, 3)
    return f"{ticks}{node.language}\n{node.text}\n{ticks}"


@_block.register
def _(node: b.Quote) -> str:
    return indent(write_blocks(node.children), "> ", lambda line: True)


@_block.register
def _(node: b.LineAcross) -> str:
    return "---"


@_block.register
def _(node: b.Maths) -> str:
    return f"$$\n{node.tex}\n$$"


@_block.register
def _(node: b.Together) -> str:
    return write_blocks(node.children)


@_block.register
def _(node: b.Choices) -> str:
    options = [f"- [{'x' if one.right else ' '}] {_inlines(_option(one).children)}" for one in node.options]
    told = [_plain(node.told)] if node.told else []
    return "\n\n".join([*told, "\n".join(options)])


@_block.register
def _(node: b.Blank) -> str:
    return f"**{node.label}** {BLANK} {_plain(node.unit)}".rstrip()


@_block.register
def _(node: b.WritingSpace) -> str:
    lines = "\n" * node.lines
    return f"**{node.label}**\n\n```\n{lines}```"
