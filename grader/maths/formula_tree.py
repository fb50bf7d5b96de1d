"""TeX maths as a tree, so that each writer sets it in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.maths.tex_symbols import SymbolKind


@dataclass(frozen=True)
class Letter:
    """A variable: one character, or several digits of another alphabet."""

    text: str
    upright: bool = False
    plain: str = ""  # the same in the ordinary alphabet, where it stands in another


@dataclass(frozen=True)
class Number:
    """Digits, perhaps with a point."""

    text: str


@dataclass(frozen=True)
class Sign:
    """An operator, a relation, a bracket of ordinary size, or punctuation."""

    text: str
    kind: SymbolKind = "ordinary"

    @property
    def limits(self) -> bool:
        """Whether in a displayed formula its scripts stand below and above it."""
        return self.kind == "big"


@dataclass(frozen=True)
class Name:
    """An operator that is a word, such as cos."""

    text: str
    limits: bool = False


@dataclass(frozen=True)
class MathWords:
    """Upright text."""

    text: str


@dataclass(frozen=True)
class MathSpace:
    """A gap."""

    em: float


@dataclass(frozen=True)
class MathRow:
    """Things beside each other."""

    items: tuple[Node, ...]
    gaps: frozenset[int] = frozenset()  # the items before which the source has a space, which only a terminal shows


@dataclass(frozen=True)
class Fraction:
    """One above the other."""

    above: MathRow
    below: MathRow
    size: Literal["", "text", "display"] = ""  # that it always has


@dataclass(frozen=True)
class Root:
    """A square root, or one of a degree."""

    of: MathRow
    degree: MathRow | None = None


@dataclass(frozen=True)
class Script:
    """What stands below and above on the right; on top and under for those with limits."""

    base: Node
    below: MathRow | None = None
    above: MathRow | None = None


@dataclass(frozen=True)
class Accent:
    """A mark over something."""

    of: MathRow
    mark: str  # a combining character


@dataclass(frozen=True)
class Sized:
    """A bracket of a given size."""

    text: str
    em: float
    kind: SymbolKind = "fence"


@dataclass(frozen=True)
class Fenced:
    """Brackets that grow with what they hold; either may be empty."""

    left: str
    right: str
    inside: MathRow


@dataclass(frozen=True)
class Table:
    """Aligned lines, cases or a matrix."""

    kind: Literal["aligned", "cases", "matrix"]
    rows: tuple[tuple[MathRow, ...], ...]
    left: str = ""
    right: str = ""


Node = (
    Letter
    | Number
    | Sign
    | Name
    | MathWords
    | MathSpace
    | MathRow
    | Fraction
    | Root
    | Script
    | Accent
    | Sized
    | Fenced
    | Table
)


def joined(first: MathRow, second: MathRow) -> MathRow:
    """Two rows as one."""
    return MathRow(first.items + second.items, first.gaps | {len(first.items) + gap for gap in second.gaps})


def pieces(row: MathRow) -> list[MathRow]:
    """A formula cut at its wide gaps, where it may go on in the next line."""
    found: list[list[Node]] = [[]]
    for item in row.items:
        if isinstance(item, MathSpace) and item.em >= 1:
            found.append([])
        else:
            found[-1].append(item)
    return [MathRow(tuple(items)) for items in found if items]
