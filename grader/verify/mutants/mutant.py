"""From a source to its mutants."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from grader.verify.mutants.table import OPERATORS
from grader.verify.mutants.tree import Place, places, told
from grader.verify.mutants.unbound import unbound


@dataclass(frozen=True)
class Mutant:
    """A source with one change."""

    key: str  # stays the same when lines elsewhere change
    operator: str  # a key of OPERATORS
    line: int  # of the change, in the source that was given, from 1 on
    before: str  # the smallest code that lets one understand the change
    after: str
    source: str  # without comments; docstrings are kept


def mutants(source: str) -> list[Mutant]:
    """All mutants of a source that differ from it and from each other, in the order of its lines.

    None of them reads a name that is bound nowhere. Raises SyntaxError where the source has one.
    """
    tree = ast.parse(source)
    found = sorted(_distinct(tree), key=lambda one: one.line)
    return list(_numbered(found))


def _distinct(tree: ast.Module) -> Iterator[Mutant]:
    original = ast.unparse(tree)
    seen = {original}
    programs = {ast.dump(ast.parse(original))}
    missing = unbound(tree)
    every = places(tree)
    for name, operator in OPERATORS.items():
        for place in every:
            for change in operator(place):
                with place.holding(change.new):
                    text = ast.unparse(tree)
                if text in seen:
                    continue
                seen.add(text)
                program = ast.parse(text)
                dumped = ast.dump(program)
                if dumped not in programs and unbound(program) <= missing:
                    programs.add(dumped)
                    before, after = told(place, change)
                    key, line = f"{name}: {before} -> {after}", change.line or _line(place)
                    yield Mutant(key, name, line, before, after, text + "\n")


def _line(place: Place) -> int:
    for one in (place, *place.up()):
        line = getattr(one.node, "lineno", None)
        if line is not None:
            return int(line)
    return 1


def _numbered(found: list[Mutant]) -> Iterator[Mutant]:
    """A key that comes again is numbered."""
    times: Counter[str] = Counter()
    for one in found:
        times[one.key] += 1
        again = times[one.key]
        key = one.key if again == 1 else f"{one.key} #{again}"
        yield Mutant(key, one.operator, one.line, one.before, one.after, one.source)
