"""Two mistakes in one program: a three-way merge of two wrong solutions over the reference that both depart from."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache


@dataclass(frozen=True)
class _Change:
    """Lines `start` to `end` of the base give way to others."""

    start: int
    end: int
    lines: tuple[str, ...]

    def meets(self, other: _Change) -> bool:
        """Whether both touch the same lines, or insert at the same place."""
        return (self.start < other.end and other.start < self.end) or self.start == other.start


def merged(base: str, one: str, other: str) -> str | None:
    """The base with the changes of both; None where they meet, or one changes nothing.

    Only statements count: comments, docstrings and the way that a line is written are the same to it. Raises
    SyntaxError for what is no Python.
    """
    lines = list(_statements(base))
    first, second = _changes(lines, _statements(one)), _changes(lines, _statements(other))
    if not first or not second or any(mine.meets(yours) for mine in first for yours in second):
        return None
    for change in sorted([*first, *second], key=lambda change: change.start, reverse=True):
        lines[change.start : change.end] = change.lines
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=256)
def _statements(source: str) -> tuple[str, ...]:
    """A program line by line, in one way of writing it."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tuple(ast.unparse(tree).splitlines())


def _changes(base: Sequence[str], changed: Sequence[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    return [
        _Change(start, end, tuple(changed[first:last]))
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    ]
