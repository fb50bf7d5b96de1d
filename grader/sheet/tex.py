"""TeX maths as a tree, so that each writer sets it in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Letter:
    """A variable: one character."""

    text: str
    upright: bool = False


@dataclass(frozen=True)
class Number:
    """Digits, perhaps with a point."""

    text: str


@dataclass(frozen=True)
class Sign:
    """An operator, a relation, a bracket of ordinary size, or punctuation."""

    text: str
    limits: bool = False  # in a displayed formula, what is below and above it stands there


@dataclass(frozen=True)
class Name:
    """An operator that is a word, such as cos."""

    text: str
    limits: bool = False


@dataclass(frozen=True)
class Words:
    """Upright text."""

    text: str


@dataclass(frozen=True)
class Space:
    """A gap."""

    em: float


@dataclass(frozen=True)
class Row:
    """Things beside each other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Fraction:
    """One above the other."""

    above: Row
    below: Row
    size: Literal["", "text", "display"] = ""  # that it always has


@dataclass(frozen=True)
class Root:
    """A square root, or one of a degree."""

    of: Row
    degree: Row | None = None


@dataclass(frozen=True)
class Script:
    """What stands below and above on the right; on top and under for those with limits."""

    base: Node
    below: Row | None = None
    above: Row | None = None


@dataclass(frozen=True)
class Accent:
    """A mark over something."""

    of: Row
    mark: str  # a combining character


@dataclass(frozen=True)
class Sized:
    """A bracket of a given size."""

    text: str
    em: float


@dataclass(frozen=True)
class Fenced:
    """Brackets that grow with what they hold; either may be empty."""

    left: str
    right: str
    inside: Row


@dataclass(frozen=True)
class Table:
    """Aligned lines, cases or a matrix."""

    kind: Literal["aligned", "cases", "matrix"]
    rows: tuple[tuple[Row, ...], ...]
    left: str = ""
    right: str = ""


Node = Letter | Number | Sign | Name | Words | Space | Row | Fraction | Root | Script | Accent | Sized | Fenced | Table


def pieces(row: Row) -> list[Row]:
    """A formula cut at its wide gaps, where it may go on in the next line."""
    found: list[list[Node]] = [[]]
    for item in row.items:
        if isinstance(item, Space) and item.em >= 1:
            found.append([])
        else:
            found[-1].append(item)
    return [Row(tuple(items)) for items in found if items]
