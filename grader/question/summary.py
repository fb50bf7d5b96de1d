"""The few fields that a list shows, read without parsing whole files.

Parsing a whole spec takes about twenty times as long as its head. Top-level keys of a spec begin in the first
column, so the lines of those that are not wanted are blanked before parsing; positions stay right. Nothing
else is judged here: a damaged question may well have a sound head.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from grader.errors import SpecError
from grader.question.kinds import Kind
from grader.question.positions import parse_yaml, read_spec_text, shown
from grader.question.strict import convert
from grader.question.types import Difficulty
from grader.text import Text

_KEY = re.compile(r"^([A-Za-z_]+):(?=\s)", re.MULTILINE)
_FIELDS = ("kind", "difficulty", "minutes", "title")


class Summary(msgspec.Struct, frozen=True):
    """The head of a question."""

    kind: Kind
    difficulty: Difficulty
    minutes: int
    title: Text
    prompt: Text | None = None  # only where it was asked for


def read_summary(path: Path, *, prompt: bool = False) -> Summary:
    """The head of one question.yaml, with its prompt if asked for. Raises SpecError."""
    wanted = (*_FIELDS, "prompt") if prompt else _FIELDS
    text = read_spec_text(path)
    try:
        return _summary(_only(text, wanted), shown(path))
    except SpecError:  # of the whole file, so that an error has the words and the place that loading gives it
        return _summary(text, shown(path))


def _summary(text: str, name: str) -> Summary:
    source = parse_yaml(text, name)
    return convert(source, source.data, Summary)


def _only(text: str, wanted: tuple[str, ...]) -> str:
    """The text with the lines of all other top-level keys blanked; as it is where no key is found."""
    starts = list(_KEY.finditer(text))
    if not {"title", "kind"} <= {start[1] for start in starts}:
        return text
    ends = [start.start() for start in starts[1:]] + [len(text)]
    kept = []
    for start, end in zip(starts, ends, strict=True):
        block = text[start.start() : end]
        kept.append(block if start[1] in wanted else "\n" * block.count("\n"))
    return text[: starts[0].start()] + "".join(kept)
