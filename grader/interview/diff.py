"""The unified difference between two attempts, as lines of coloured tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from grader.pages import highlight, one_newline

CONTEXT = 3  # lines around a change
MAX_COMPARED = 1500  # lines; difflib can take the square of it in steps, and the file may be made to hurt


@dataclass(frozen=True)
class DiffLine:
    """One line of a hunk."""

    sign: str  # " ", "+" or "-"
    number: int  # in the new text; in the old one where the line was taken away
    tokens: list[highlight.Token]
    more: int  # characters that are not shown


@dataclass(frozen=True)
class Hunk:
    """Lines that belong together, with what is around them."""

    head: str  # as `diff -u` writes it
    rows: list[DiffLine]


@dataclass(frozen=True)
class SourceDiff:
    """What changed from one text to the next."""

    hunks: list[Hunk]
    added: int
    removed: int
    too_large: bool = False  # then nothing was compared


def difference(before: str, after: str, language: str = "python") -> SourceDiff:
    """Compare two sources; those of a `concept` question are coloured as YAML."""
    from_lines, to_lines = _lines(before), _lines(after)
    if max(len(from_lines), len(to_lines)) > MAX_COMPARED:
        return SourceDiff([], 0, 0, too_large=True)
    old, new = highlight.listing(before, language).lines, highlight.listing(after, language).lines
    matcher = SequenceMatcher(None, from_lines, to_lines)
    hunks = [_hunk(group, old, new) for group in matcher.get_grouped_opcodes(CONTEXT)]
    signs = [row.sign for hunk in hunks for row in hunk.rows]
    return SourceDiff(hunks, signs.count("+"), signs.count("-"))


def _lines(source: str) -> list[str]:
    """As `listing` counts them."""
    return one_newline(source).removesuffix("\n").split("\n") if source else []


Code = tuple[str, int, int, int, int]  # difflib's opcode: what, and from where to where in both texts


def _hunk(group: Sequence[Code], old: list[highlight.SourceLine], new: list[highlight.SourceLine]) -> Hunk:
    rows = [row for code in group for row in _rows(code, old, new)]
    (_, a, _, c, _), (_, _, b, _, d) = group[0], group[-1]
    return Hunk(f"@@ -{_span(a, b)} +{_span(c, d)} @@", rows)


def _span(start: int, stop: int) -> str:
    return f"{start + (stop > start)},{stop - start}"


def _rows(code: Code, old: list[highlight.SourceLine], new: list[highlight.SourceLine]) -> Iterator[DiffLine]:
    what, a, b, c, d = code
    if what == "equal":
        yield from (_row(" ", line) for line in new[c:d])
    else:
        yield from (_row("-", line) for line in old[a:b])
        yield from (_row("+", line) for line in new[c:d])


def _row(sign: str, line: highlight.SourceLine) -> DiffLine:
    return DiffLine(sign, line.number, line.tokens, line.more)
