"""Every solution of a question that is known, and the verdict that it must get."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import UNSET

from grader.errors import SpecError
from grader.question.bank_files import read_text
from grader.question.changes import Base, Change, changed, find_change, joined
from grader.question.meaning_parts import problem_of_answer
from grader.question.mistakes import FILE, REFERENCE, MistakeFile, MistakeSpec
from grader.question.near_names import suggestion
from grader.question.types import Question
from grader.verdict import Verdict


@dataclass(frozen=True)
class KnownSolution:
    """A solution, be it a file or a change of another one. Of wrong answers to a concept question, what differs."""

    id: str  # the stem of its file, or its name in mistakes.yaml
    verdict: Verdict  # that it must get
    place: str  # where it is written, for messages: "accepted/loop.py", "mistakes.yaml: no_mask"
    source: str  # Python, or YAML with `answers:`
    suffix: str  # .py or .yaml
    base: Base | None = None  # what was changed; None for a file
    changes: tuple[Change, ...] = ()  # of the base

    @property
    def file(self) -> str:
        """The name of the file that it is, or would be."""
        return f"{self.id}{self.suffix}"

    @property
    def key(self) -> str:
        """Its name among all solutions of the question: the verdict and the file."""
        return self.file if self.place == self.file else f"{self.verdict}/{self.file}"


def reference_in(path: Path) -> KnownSolution:
    """The reference. Raises SpecError."""
    return KnownSolution(path.stem, Verdict.ACCEPTED, path.name, read_text(path), path.suffix)


def solution_in(path: Path, verdict: Verdict) -> KnownSolution:
    """A solution that is a file in the folder of its verdict. Raises SpecError."""
    return KnownSolution(path.stem, verdict, f"{verdict}/{path.name}", read_text(path), path.suffix)


def with_both(one: KnownSolution, other: KnownSolution) -> str | None:
    """A program with two mistakes; None where their changes meet, or are not of the same solution."""
    if one.base is None or one.base != other.base:
        return None
    return joined(one.base, one.changes, other.changes)


# --- changes of code ---


def changed_solutions(mistakes: MistakeFile, right: Sequence[KnownSolution]) -> Iterator[KnownSolution]:
    """The mistakes that are changes of right answers. Raises SpecError where one does not fit."""
    bases = {one.place: Base(one.place, one.source) for one in right}
    for name, spec in mistakes.specs.items():
        if spec.change is not UNSET:
            base = _base(mistakes, name, spec, bases)
            changes = _changes(mistakes, name, spec.change, base)
            source = changed(base, changes)
            _require_python(mistakes, name, source, base, changes)
            yield KnownSolution(name, _verdict(spec), f"{FILE}: {name}", source, ".py", base, changes)


def _verdict(spec: MistakeSpec) -> Verdict:
    return Verdict.WRONG_ANSWER if spec.verdict is UNSET else Verdict(spec.verdict)


def _base(mistakes: MistakeFile, name: str, spec: MistakeSpec, bases: Mapping[str, Base]) -> Base:
    file = REFERENCE if spec.of is UNSET else spec.of
    if file not in bases:
        message = f"'{file}' is no right answer to this question{suggestion(file, bases, 'right answers')}"
        raise mistakes.error(name, message, "of")
    return bases[file]


def _changes(mistakes: MistakeFile, name: str, pairs: Sequence[tuple[str, str]], base: Base) -> tuple[Change, ...]:
    found: list[Change] = []
    for index, (old, new) in enumerate(pairs):
        change = find_change(base, old, new)
        if isinstance(change, str):
            raise mistakes.error(name, change, "change", index, 0)
        if any(change.meets(other) for other in found):
            message = "this text overlaps with that of a change above; write them as one"
            raise mistakes.error(name, message, "change", index, 0)
        found.append(change)
    return tuple(found)


def _require_python(mistakes: MistakeFile, name: str, source: str, base: Base, changes: Sequence[Change]) -> None:
    """Blames the right answer where that is no Python by itself."""
    problem = _no_python(source)
    if problem is None:
        return
    if (own := _no_python(base.text)) is not None:
        line = f":{own.lineno}:{own.offset or 1}" if isinstance(own, SyntaxError) and own.lineno else ""
        raise SpecError(f"{mistakes.folder}/{base.file}{line}: no Python: {_told(own, base.text)}")
    told = f"what comes out is no Python: {_told(problem, source)}"
    raise mistakes.error(name, told + (_indents(changes) if isinstance(problem, IndentationError) else ""), "change")


def _no_python(source: str) -> Exception | None:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return error
    return None


def _told(error: Exception, source: str) -> str:
    if not isinstance(error, SyntaxError):
        return str(error)
    line = (
        "".join(source.splitlines()[error.lineno - 1 :][:1]).strip() if error.lineno else ""
    )  # may be behind the last
    return f"{error.msg}: {line}" if line else error.msg


def _indents(changes: Sequence[Change]) -> str:
    """The first change whose texts begin with other numbers of spaces: YAML takes off what a block begins with."""
    for change in changes:
        old, new = (len(text) - len(text.lstrip(" ")) for text in (change.old, change.new))
        if old != new and change.new:
            return f"; the old text begins with {old} spaces and the new one with {new}: with | write |2, or as many"
    return ""


# --- answers that differ ---


def answered_solutions(mistakes: MistakeFile, question: Question, right: Mapping[str, Any]) -> Iterator[KnownSolution]:
    """The mistakes in answers to a concept question. Raises SpecError for an answer that can't be one.

    right: the reference's answers.
    """
    for name, spec in mistakes.specs.items():
        if spec.answers is not UNSET:
            for part, answer in spec.answers.items():
                _require_answer(mistakes, name, question, right, part, answer)
            source = json.dumps({"answers": spec.answers}, ensure_ascii=False)
            yield KnownSolution(name, _verdict(spec), f"{FILE}: {name}", source, ".yaml")


def _require_answer(
    mistakes: MistakeFile, name: str, question: Question, right: Mapping[str, Any], part_id: str, answer: Any
) -> None:
    parts = {part.id: part for part in question.parts}
    if part_id not in parts:
        message = f"there is no part '{part_id}'{suggestion(part_id, parts, 'parts')}"
        raise mistakes.source.error((name, "answers"), message, key=part_id)
    if answer == right[part_id]:
        message = "this is the reference's answer; write only the answers that differ"
        raise mistakes.error(name, message, "answers", part_id)
    problem = problem_of_answer(parts[part_id], answer) if parts[part_id].options else None
    if problem:
        raise mistakes.error(name, problem, "answers", part_id)
