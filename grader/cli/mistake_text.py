"""A known mistake as text, for `grader verify ID --show NAME`: a diff, or the whole program or set of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import unified_diff
from typing import Any

from grader.errors import UnknownName
from grader.intake import read_answers
from grader.question import Entry, KnownSolution, read_text, suggestion
from grader.verdict import Verdict


def find_mistake(entry: Entry, name: str) -> KnownSolution:
    """The mistake of this name. Raises UnknownName with the nearest."""
    mistakes = {one.id: one for one in entry.known if one.verdict is not Verdict.ACCEPTED}
    if name not in mistakes:
        raise UnknownName(f"'{entry.id}' has no mistake '{name}'{suggestion(name, mistakes, 'mistakes')}")
    return mistakes[name]


def source_of(entry: Entry, mistake: KnownSolution) -> str:
    """All of the program, or an answer to each part of a concept question."""
    if mistake.suffix == ".py":
        return mistake.source
    right, wrong = _answers(entry, mistake)
    return _as_yaml(right | wrong)


def diff_of(entry: Entry, mistake: KnownSolution) -> str:
    """What differs from the right answer that it changes; a file is compared with the reference."""
    if mistake.suffix == ".py":
        base, text = (mistake.base.file, mistake.base.text) if mistake.base else _reference(entry)
        return _diff(text, mistake.source, base, mistake.place)
    right, wrong = _answers(entry, mistake)
    return _diff(_as_yaml(_only(right, wrong)), _as_yaml(wrong), entry.reference.name, mistake.place)


def _reference(entry: Entry) -> tuple[str, str]:
    return entry.reference.name, read_text(entry.reference)


def _answers(entry: Entry, mistake: KnownSolution) -> tuple[dict[str, Any], dict[str, Any]]:
    """The reference's, and those of the mistake that differ from them."""
    parts = [part.id for part in entry.question.parts]
    right = read_answers(read_text(entry.reference), entry.reference.name, parts)
    wrong = read_answers(mistake.source, mistake.place, parts)
    return right, {part: answer for part, answer in wrong.items() if answer != right[part]}


def _only(answers: Mapping[str, Any], parts: Iterable[str]) -> dict[str, Any]:
    return {part: answers[part] for part in parts}


def _as_yaml(answers: Mapping[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump({"answers": dict(answers)}, allow_unicode=True, sort_keys=False, width=120)
    return text


def _diff(old: str, new: str, old_name: str, new_name: str) -> str:
    lines = unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, lineterm="")
    return "".join(f"{line}\n" for line in lines)
