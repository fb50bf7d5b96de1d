"""What a sheet is made of, whatever format it is written in.

A text is a row of inlines, a statement a list of blocks. `reading` makes them from Markdown, `questions` and
`key` add what a sheet has besides, and each writer walks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.maths import MathRow
from grader.text import Language

# --- in a line ---


@dataclass(frozen=True)
class Plain:
    """Words."""

    text: str


@dataclass(frozen=True)
class Code:
    """A name or an expression."""

    text: str


@dataclass(frozen=True)
class Maths:
    """A formula."""

    tex: str
    tree: MathRow | None  # None: it can't be set, and is shown as it was written
    displayed: bool = False  # on lines of its own


@dataclass(frozen=True)
class Strong:
    """Words in bold."""

    children: Inlines


@dataclass(frozen=True)
class Emphasis:
    """Words in italics."""

    children: Inlines


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    children: Inlines
    target: str


@dataclass(frozen=True)
class Break:
    """The end of a line that the author wanted."""


Inline = Plain | Code | Maths | Strong | Emphasis | Link | Break
Inlines = tuple[Inline, ...]

# --- on lines of their own ---


@dataclass(frozen=True)
class Paragraph:
    """A text."""

    children: Inlines


@dataclass(frozen=True)
class Heading:
    """A heading inside a question."""

    level: int  # from 1, which stands right below the question's own
    children: Inlines


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[Blocks, ...]
    start: int | None = None  # the first number; None: bullets


@dataclass(frozen=True)
class Grid:
    """A table."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[Literal["left", "center", "right"], ...]


@dataclass(frozen=True)
class CodeBlock:
    """A program or a file."""

    text: str
    language: str  # a name that Markdown and Pygments know, such as "python"; may be empty


@dataclass(frozen=True)
class Quote:
    """A quotation."""

    children: Blocks


@dataclass(frozen=True)
class LineAcross:
    """A line across."""


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    children: Blocks


# --- where answers go ---


@dataclass(frozen=True)
class Choice:
    """One option of a choice."""

    id: str
    children: Inlines
    right: bool = False  # only a key says so


@dataclass(frozen=True)
class Choices:
    """Boxes to tick."""

    several: bool
    options: tuple[Choice, ...]
    told: str = ""  # how many to tick


@dataclass(frozen=True)
class Blank:
    """Room for a number."""

    label: str
    unit: str


@dataclass(frozen=True)
class WritingSpace:
    """Lines to write on. Only paper needs them."""

    lines: int
    label: str


Block = (
    Paragraph
    | Heading
    | Items
    | Grid
    | CodeBlock
    | Quote
    | LineAcross
    | Maths
    | Together
    | Choices
    | Blank
    | WritingSpace
)
Blocks = tuple[Block, ...]

# --- the whole ---


@dataclass(frozen=True)
class SheetSection:
    """One question of a sheet or of a key."""

    id: str
    number: int
    title: str
    topic: str
    kind: str  # in the sheet's language, as the two below
    difficulty: str
    time: str
    points: int
    worth: str  # the points in words
    minutes: int
    blocks: Blocks
    stub: CodeBlock
    program: Blocks = ()  # the stub under its label, and room for code; where the question asks for a program


@dataclass(frozen=True)
class Document:
    """A sheet, or the key to one."""

    language: Language
    is_key: bool
    title: str
    candidate: str  # may be empty
    sections: tuple[SheetSection, ...]
    notes: tuple[str, ...]  # sentences for the title page: totals, the limit, the seed
    options: tuple[str, ...] = ()  # of the commands that judge the answers: the language, and banks of one's own

    @property
    def points(self) -> int:
        return sum(section.points for section in self.sections)

    @property
    def minutes(self) -> int:
        return sum(section.minutes for section in self.sections)
