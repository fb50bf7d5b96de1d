"""A program that is another one with a few texts replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

_WORD = re.compile(r"\w+|\W")
_MAX_LINE, _MAX_LINES = 200, 2000  # that are searched for the nearest one: it takes time in the square of a line


@dataclass(frozen=True)
class Base:
    """The solution that a mistake changes."""

    file: str  # "reference.py", "accepted/einsum.py"
    text: str


@dataclass(frozen=True)
class Change:
    """A text of the base, which begins at the character `start`, gives way to another."""

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        return self.start + len(self.old)

    def meets(self, other: Change) -> bool:
        """Whether both touch the same characters, or insert at the same place."""
        return (self.start < other.end and other.start < self.end) or self.start == other.start

    @property
    def core(self) -> Change:
        """The same change without the words around it that stay as they are."""
        old, new = _WORD.findall(self.old), _WORD.findall(self.new)
        head = _alike(old, new)
        tail = _alike(reversed(old[head:]), reversed(new[head:]))
        before = len("".join(old[:head]))
        return Change(self.start + before, "".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail]))


def find_change(base: Base, old: str, new: str) -> Change | str:
    """The change, or in words why there is none: the old text must stand in the base exactly once."""
    if not old:
        return "the old text is empty; write what the new one takes the place of"
    if old == new:
        return "this changes nothing: the old and the new text are the same"
    start = base.text.find(old)
    if start < 0:
        return f"this text is not in {base.file}{_but_for_spaces(base, old) or _nearest_line(base, old)}"
    again = base.text.find(old, start + 1)
    if again >= 0:
        first, second = _line(base, start), _line(base, again)
        twice = f"twice in line {first}" if first == second else f"in line {first} and again in line {second}"
        return f"this text stands {twice} of {base.file}; write more of what is around it"
    return Change(start, old, new)


def changed(base: Base, changes: Iterable[Change]) -> str:
    """The base with changes that do not meet."""
    made, position = "", 0
    for change in sorted(changes, key=lambda change: change.start):
        made += base.text[position : change.start] + change.new
        position = change.end
    return made + base.text[position:]


def joined(base: Base, one: Sequence[Change], other: Sequence[Change]) -> str | None:
    """The base with the changes of both; None where they meet."""
    first, second = [change.core for change in one], [change.core for change in other]
    if any(mine.meets(yours) for mine in first for yours in second):
        return None
    return changed(base, [*first, *second])


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """With how many equal words both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _line(base: Base, position: int) -> int:
    return base.text.count("\n", 0, position) + 1


def _but_for_spaces(base: Base, old: str) -> str:
    """Where the text stands with other spaces or line ends; nothing where it does not."""
    wanted = re.sub(r"\s", "", old)
    places = [place for place, letter in enumerate(base.text) if not letter.isspace()]
    found = "".join(base.text[place] for place in places).find(wanted) if wanted else -1
    if found < 0:
        return ""
    number = _line(base, places[found])
    return f"; only spaces or line ends differ from line {number}: {base.text.splitlines()[number - 1]!r}"


def _nearest_line(base: Base, old: str) -> str:
    """The line of the base that shares the longest piece with the first line of the text that is not there."""
    from difflib import SequenceMatcher  # takes 10 ms to import, and only errors need it

    lines = [line for line in old.splitlines() if line.strip()] or [old]
    wanted = next((line for line in lines if line not in base.text), lines[0]).strip()[:_MAX_LINE]

    def shared(line: str) -> tuple[int, float]:
        matcher = SequenceMatcher(None, line[:_MAX_LINE], wanted, autojunk=False)
        return matcher.find_longest_match().size, matcher.ratio()

    numbered = list(enumerate(base.text.splitlines(), 1))[:_MAX_LINES]
    number, line = max(numbered, key=lambda found: shared(found[1]), default=(0, ""))
    return f"; the nearest is line {number}: {line.strip()}" if line.strip() else ""
