"""Reading the answers to a concept question."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from grader.errors import SpecError
from grader.question import parse_yaml, suggestion

MAX_TEXT = 100_000  # characters of one file; YAML of a megabyte can take seconds to read


def read_answers(text: str, name: str, parts: Collection[str]) -> dict[str, Any]:
    """The answer to each part that has one.

    Raises SpecError, with line and column, where the text is not a mapping `answers:` of known parts.
    """
    if len(text) > MAX_TEXT:
        raise SpecError(f"{name}: {len(text)} characters; answers have at most {MAX_TEXT}")
    source = parse_yaml(text, name)
    data = source.data
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise SpecError(f"{name}: expected a mapping with the one key 'answers', which maps parts to answers")
    for key in data:
        if key != "answers":
            raise source.error((), f"unknown key '{key}'; the only one is 'answers'", key=key)
    for part in data["answers"]:
        if part not in parts:
            raise source.error(("answers",), f"there is no part '{part}'{suggestion(part, parts)}", key=part)
    return dict(data["answers"])
