"""Banks that are bombs: each file here breaks a copy of the bank of the attacks in one way.

Its docstring is a header, a line for each key:

    Tries: what it is after.
    Must: what has to happen instead.
    Shows: the exit code of `grader show` and words of its only line on stderr; `0` where it shows the question.
           Left out where looking at it is harmless.
    Lists: the same of `grader list`, which reads no more than the head: 0 by default.
    Grades: the verdict of a right answer and words of its message; left out where nothing would run.
    Needs: `root`, where only that user can make it.

`build(bank)` makes it. `outside` lies beside the bank; a file in it is a hit.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.attacks.deliveries import read_header

TOPIC, QUESTION = "attacks", "row-weights"
SPEC = Path("questions", TOPIC, QUESTION, "question.yaml")
PROBES = SPEC.with_name("probes.py")
REFERENCE = Path("solutions", TOPIC, QUESTION, "reference.py")

_KEYS = {"Tries", "Must", "Shows", "Lists", "Grades", "Needs"}


@dataclass(frozen=True)
class Bomb:
    """One file of this folder."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def header(self) -> dict[str, str]:
        """Raises ValueError where it is not as this module says."""
        return read_header(self.path, _KEYS)

    def expected(self, key: str) -> tuple[str, str]:
        """The exit code or the verdict, and words of the message."""
        first, _, words = self.header.get(key, "0").partition(" ")
        return first, words.strip()

    def build(self, bank: Path) -> None:
        importlib.import_module(f"{__name__}.{self.name}").build(bank)


def bombs() -> list[Bomb]:
    """All of them, in the order of their names."""
    return [Bomb(path) for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem != "__init__"]


def rename(bank: Path, name: str) -> None:
    """Give the question another id, so that several of these banks can be opened at once."""
    edit(bank, f"id: {QUESTION}\n", f"id: {name}\n")
    for part in ("questions", "solutions"):
        (bank / part / TOPIC / QUESTION).rename(bank / part / TOPIC / name)


def edit(bank: Path, old: str, new: str) -> None:
    """Replace a text of the spec, which has to be there once."""
    text = (bank / SPEC).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{old!r} is {text.count(old)} times in {SPEC}")
    (bank / SPEC).write_text(text.replace(old, new), encoding="utf-8")


def probing(bank: Path, source: str) -> None:
    """Have the values driven by a probe of a probes.py."""
    (bank / PROBES).write_text(source, encoding="utf-8")
    edit(bank, "{name: values, compare: values", "{name: values, probe: driven, compare: values")
