"""What a question must hold beyond its types."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from grader.question.conditions import CONDITIONS
from grader.question.meaning_arguments import require_arguments
from grader.question.meaning_checks import require_checks
from grader.question.meaning_parts import require_parts
from grader.question.near_names import suggestion
from grader.question.positions import Source, Where, unknown_key
from grader.question.types import Hints, Question
from grader.text import Text

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", re.ASCII)


def require_meaning(question: Question, source: Source, path: Path) -> None:
    """Raise SpecError for the first thing in the question that does not make sense."""
    _require_place(question, source, path)
    _require_texts(question, source)
    _require_absent(question, source, question.kind.traits.lacks)
    if not question.kind.is_code:
        require_parts(question, source)
        return
    _require_present(question, source, question.kind.traits.needs)
    _require_forbid(question, source)
    _require_allow(question, source)
    _require_limits(question, source)
    _require_unique(source, "cases", [case.name for case in question.cases])
    _require_unique(source, "checks", [check.name for check in question.checks])
    require_arguments(question, source)
    require_checks(question, source, path.with_name("probes.py"))
    _require_battery(question, source)


def _require_place(question: Question, source: Source, path: Path) -> None:
    folder, topic = path.parent.name, path.parent.parent.name
    if question.id != folder:
        raise source.error(("id",), f"the id '{question.id}' is not the folder's name, '{folder}'")
    if question.topic != topic:
        raise source.error(("topic",), f"the topic '{question.topic}' is not the folder above, '{topic}'")


# --- text ---


def _require_texts(question: Question, source: Source) -> None:
    if not question.source.strip():
        raise source.error(("source",), "the source is empty")
    for where, text in texts(question, ()):
        if not text.strip():
            raise source.error(where, f"the text in '{where[-1]}' is empty; both languages are needed")
    english, chinese = len(question.hints.en), len(question.hints.zh)
    if english != chinese:
        raise source.error(("hints",), f"{english} in English and {chinese} in Chinese; write equally many")
    for language in ("en", "zh"):
        for index, hint in enumerate(getattr(question.hints, language)):
            if not hint.strip():
                raise source.error(("hints", language, index), "the hint is empty")


def texts(part: Any, where: Where) -> Iterator[tuple[Where, str]]:
    """Every text in both languages, with what leads to it."""
    if isinstance(part, Text):
        yield (*where, "en"), part.en
        yield (*where, "zh"), part.zh
    elif isinstance(part, msgspec.Struct) and not isinstance(part, Hints):
        for field in msgspec.structs.fields(part):
            yield from texts(getattr(part, field.name), (*where, field.name))
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from texts(item, (*where, index))


# --- kinds ---


def _require_absent(question: Question, source: Source, keys: Iterable[str]) -> None:
    for key in keys:
        if source.has((key,)):
            raise source.error((), f"a question of kind {question.kind} has no '{key}'", key=key)


def _require_present(question: Question, source: Source, keys: Iterable[str]) -> None:
    for key in keys:
        if not getattr(question, key):
            raise source.error((key,), f"a question of kind {question.kind} needs '{key}'")


def _require_unique(source: Source, key: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        where = (key, index, "name")
        if not name.strip():
            raise source.error(where, "the name is empty")
        if name in names[:index]:
            raise source.error(where, f"the name '{name}' is here a second time")


# --- rules, limits, battery ---


def _require_allow(question: Question, source: Source) -> None:
    for index, name in enumerate(question.allow):
        if not all(part.isidentifier() for part in name.split(".")):
            raise source.error(("allow", index), f"'{name}' is not a dotted name")
        if name in question.allow[:index]:
            raise source.error(("allow", index), f"'{name}' is here a second time")


def _require_forbid(question: Question, source: Source) -> None:
    for index, name in enumerate(question.forbid):
        where = ("forbid", index)
        if name != "loop" and not _DOTTED.fullmatch(name):
            message = f"'{name}' is neither a dotted name, such as torch.softmax, nor loop"
            raise source.error(where, message)
        if name in question.forbid[:index]:
            raise source.error(where, f"'{name}' is here a second time")


def _require_limits(question: Question, source: Source) -> None:
    limits = question.limits
    for key in ("seconds", "megabytes", "output_kilobytes"):
        value = getattr(limits, key)
        if not (value > 0 and math.isfinite(value)):
            raise source.error(("limits", key), f"the limit is {value}; it must be above 0")


def _require_battery(question: Question, source: Source) -> None:
    battery = question.battery
    known = [condition.key for condition in CONDITIONS]
    for key, reason in battery.skip.items():
        if key not in known:
            raise unknown_key(source, ("battery", "skip"), key, known)
        if not reason.strip():
            raise source.error(("battery", "skip", key), f"say why the condition '{key}' is skipped")
    if battery.points < 0:
        raise source.error(("battery", "points"), "points can't be negative")
    names = [case.name for case in question.cases]
    for index, name in enumerate(battery.cases or []):
        if name not in names:
            message = f"unknown case '{name}'{suggestion(name, names, 'cases')}"
            raise source.error(("battery", "cases", index), message)
    if not any(check.points for check in question.checks):
        raise source.error(("checks",), "no check has points")
