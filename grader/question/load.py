"""A question.yaml, read strictly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from grader.question.meaning import require_meaning
from grader.question.positions import Source, read_yaml, unknown_key
from grader.question.strict import convert
from grader.question.types import Case, Question

CASE_KEYS = [field.name for field in msgspec.structs.fields(Case) if field.name != "sizes"]


def load_question(path: Path) -> Question:
    """The question of one file, which stands in its bank's folder <topic>/<id>.

    Raises SpecError, as "file:line:column: what is wrong and what to write", for the first thing that breaks
    the format.
    """
    path = path.absolute()
    source = read_yaml(path)
    question = convert(source, _with_sizes_of_cases(source), Question)
    require_meaning(question, source, path)
    return question


def _with_sizes_of_cases(source: Source) -> Any:
    """The file's data, with the flat sizes of each case gathered under `sizes`."""
    data = source.data
    if not isinstance(data, dict):
        return data
    letters = data.get("sizes", {})
    if isinstance(letters, dict):
        _require_letters(source, letters)
    cases = data.get("cases")
    if not isinstance(cases, list) or not isinstance(letters, dict):
        return data
    return data | {"cases": [_gathered(source, i, case, letters) for i, case in enumerate(cases)]}


def _require_letters(source: Source, letters: dict[str, Any]) -> None:
    for letter in letters:
        if not (letter.isidentifier() and letter.isascii()):
            raise source.error(("sizes",), f"'{letter}' can't be a letter of shapes; use a name such as D", key=letter)
        if letter in CASE_KEYS:
            message = f"'{letter}' can't be a letter of shapes; it is a key of cases"
            raise source.error(("sizes",), message, key=letter)


def _gathered(source: Source, index: int, case: Any, letters: dict[str, Any]) -> Any:
    if not isinstance(case, dict):
        return case
    sizes = {key: value for key, value in case.items() if key not in CASE_KEYS}
    for key in sizes:
        if key not in letters:
            raise unknown_key(source, ("cases", index), key, [*CASE_KEYS, *letters])
    return {key: value for key, value in case.items() if key in CASE_KEYS} | {"sizes": sizes}
