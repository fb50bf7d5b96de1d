"""The known mistakes of a question as mistakes.yaml writes them: each a change of a right answer, and its name.

The JSON Schema in `docs/` is made from this module; a note stands on every field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from msgspec import UNSET, UnsetType

from grader.errors import SpecError
from grader.question.meaning import texts
from grader.question.near_names import suggestion
from grader.question.positions import Source, parse_yaml, shown
from grader.question.strict import load_strict
from grader.question.types import Strict
from grader.text import Text

FILE = "mistakes.yaml"
REFERENCE = "reference.py"

FailingVerdict = Literal[
    "wrong_answer",
    "rule_violation",
    "runtime_error",
    "time_limit_exceeded",
    "memory_limit_exceeded",
    "output_limit_exceeded",
]


class MistakeSpec(Strict, frozen=True):
    """One known mistake. Without `change` or `answers` it is a file in the folder of its verdict."""

    verdict: FailingVerdict | UnsetType = UNSET  # that it must get; wrong_answer unless said otherwise
    of: str | UnsetType = UNSET  # the right answer that is changed, such as accepted/loop.py; else reference.py
    change: list[tuple[str, str]] | UnsetType = UNSET  # old text, new text; an old one stands there exactly once
    answers: dict[str, Any] | UnsetType = UNSET  # to a concept question: those that differ from the reference's
    name: Text | UnsetType = UNSET  # completes "your result is what comes out when ..."
    way_out: Text | UnsetType = UNSET  # one sentence that points the way and does not give the code

    @property
    def in_file(self) -> bool:
        """Whether it has a file of its own."""
        return self.change is UNSET and self.answers is UNSET


@dataclass(frozen=True)
class MistakeFile:
    """A mistakes.yaml, with the position of every part."""

    source: Source
    specs: Mapping[str, MistakeSpec]

    @property
    def folder(self) -> str:
        """Where it and the solutions lie, for messages."""
        return self.source.name.rpartition("/")[0] or "."

    def error(self, name: str, message: str, *where: str | int) -> SpecError:
        """An error at a mistake's name, or at the part of it that `where` leads to."""
        return self.source.error((name, *where), message) if where else self.source.error((), message, key=name)


def load_mistakes(path: Path, suffix: str, files: Mapping[str, str]) -> MistakeFile:
    """The mistakes of one question. Raises SpecError, also where there is no such file and a wrong answer needs it.

    suffix: of the question's solutions. files: of the solutions that fail, by stem: "wrong_answer/no_mask.py".
    """
    nameless = [file for file in files.values() if file.startswith("wrong_answer/") and suffix == ".py"]
    if not path.exists() and not nameless:
        return MistakeFile(parse_yaml("{}", shown(path)), {})
    specs, source = load_strict(path, dict[str, MistakeSpec])
    mistakes = MistakeFile(source, specs)
    for name, spec in specs.items():
        if spec.in_file:
            _require_file(mistakes, name, spec, files)
        else:
            _require_change(mistakes, name, spec, suffix, files)
        _require_words(mistakes, name, spec, suffix)
    for stem, file in files.items():
        if file in nameless and stem not in specs:
            raise source.error((), f"{file} has no name here")
    return mistakes


def _require_file(mistakes: MistakeFile, name: str, spec: MistakeSpec, files: Mapping[str, str]) -> None:
    if name not in files:
        near = suggestion(name, files)
        message = f"'{name}' has neither 'change' nor a file, such as wrong_answer/{name}.py"
        raise mistakes.error(name, message + (near if near.startswith("; did you mean") else ""))
    for key in ("verdict", "of"):
        if getattr(spec, key) is not UNSET:
            message = f"'{key}' says nothing without a change: {files[name]} is a file, and its folder is its verdict"
            raise mistakes.source.error((name,), message, key=key)


def _require_change(mistakes: MistakeFile, name: str, spec: MistakeSpec, suffix: str, files: Mapping[str, str]) -> None:
    key, other = ("change", "answers") if suffix == ".py" else ("answers", "change")
    for wrong in (other, "of") if suffix == ".yaml" else (other,):
        if getattr(spec, wrong) is not UNSET:
            kind = "code" if suffix == ".py" else "answers to a concept question"
            raise mistakes.source.error((name,), f"a mistake in {kind} has no '{wrong}'; write '{key}'", key=wrong)
    if not name.isidentifier():
        raise mistakes.error(name, f"'{name}' can't name a mistake; write words joined by _, such as no_mask")
    if name in files:
        message = f"'{name}' is a change here and a file too, {files[name]}; keep one of the two"
        raise mistakes.error(name, message)
    if not getattr(spec, key):
        raise mistakes.error(name, f"'{key}' is empty; write what differs from a right answer", key)


def _require_words(mistakes: MistakeFile, name: str, spec: MistakeSpec, suffix: str) -> None:
    """A wrong answer in code has a name and a way out; other mistakes have both or neither."""
    nameless = not spec.in_file and (suffix == ".yaml" or spec.verdict not in (UNSET, "wrong_answer"))
    if nameless and spec.name is spec.way_out is UNSET:
        return
    for key in ("name", "way_out"):
        if getattr(spec, key) is UNSET:
            raise mistakes.error(name, f"'{name}' has no '{key}'; write it in English and in Chinese", key)
    for where, text in texts(spec, ()):
        if not text.strip():
            raise mistakes.error(name, "the text is empty", *where)
