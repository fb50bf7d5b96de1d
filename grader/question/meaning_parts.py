"""Parts of concept questions."""

from __future__ import annotations

import math
from typing import Any

from grader.question.near_names import suggestion
from grader.question.positions import Source, Where
from grader.question.types import Part, Question

_FIELDS = {  # a field: the kinds of part that have it
    "options": ("choice", "choices"),
    "unit": ("number",),
    "rtol": ("number",),
    "atol": ("number",),
    "rubric": ("text",),
}


def require_parts(question: Question, source: Source) -> None:
    """Raise SpecError for the first part that does not make sense."""
    if not question.parts:
        raise source.error(("parts",), "a concept question needs 'parts'")
    ids = [part.id for part in question.parts]
    for index, part in enumerate(question.parts):
        where: Where = ("parts", index)
        if part.id in ids[:index]:
            raise source.error((*where, "id"), f"the id '{part.id}' is here a second time")
        for field, kinds in _FIELDS.items():
            if part.kind not in kinds and source.has((*where, field)):
                raise source.error(where, f"a part of kind {part.kind} has no '{field}'", key=field)
        _require_part(part, source, where)


def require_right_answers(question: Question, source: Source) -> None:
    """Raise SpecError where the reference, `answers:` with one for each part, can't be right."""
    answers = source.data.get("answers") if isinstance(source.data, dict) else None
    if not isinstance(answers, dict):
        raise source.error((), "expected the key 'answers', with an answer to each part")
    ids = [part.id for part in question.parts]
    for name in answers:
        if name not in ids:
            message = f"there is no part '{name}'{suggestion(name, ids, 'parts')}"
            raise source.error(("answers",), message, key=name)
    for part in question.parts:
        if part.id not in answers:
            raise source.error(("answers",), f"the part '{part.id}' has no answer")
        problem = problem_of_answer(part, answers[part.id])
        if problem:
            raise source.error(("answers", part.id), problem)


def problem_of_answer(part: Part, answer: Any) -> str | None:
    """What is wrong with the right answer of a part; None where it can be one."""
    options = [option.id for option in part.options]
    match part.kind:
        case "choice" if answer not in options:
            return f"the answer is one of {', '.join(options)}"
        case "choices" if not isinstance(answer, list) or not answer or any(a not in options for a in answer):
            return f"the answer is a list of some of {', '.join(options)}"
        case "number" if isinstance(answer, bool) or not isinstance(answer, int | float):
            return "the answer is a number"
        case "number" if not math.isfinite(answer):
            return "the answer is a finite number"
        case "number" if answer != int(answer) and not (part.rtol or part.atol):
            return f"{answer} is no whole number, so the part needs 'rtol' or 'atol'"
    return None


def _require_part(part: Part, source: Source, where: Where) -> None:
    if part.points < 1:
        raise source.error((*where, "points"), f"a part has at least one point, not {part.points}")
    if part.kind in ("choice", "choices"):
        _require_options(part, source, where)
    if part.kind == "text" and not part.rubric:
        raise source.error(where, "a part of kind text needs a 'rubric'")
    for key in ("rtol", "atol"):
        value = getattr(part, key)
        if not (value >= 0 and math.isfinite(value)):
            raise source.error((*where, key), f"the tolerance is {value}; it can't be below 0")


def _require_options(part: Part, source: Source, where: Where) -> None:
    if len(part.options) < 2:
        raise source.error(where, f"a part of kind {part.kind} needs at least two 'options'")
    ids = [option.id for option in part.options]
    for index, name in enumerate(ids):
        here = (*where, "options", index, "id")
        if not name.strip():
            raise source.error(here, "the id is empty")
        if name in ids[:index]:
            raise source.error(here, f"the id '{name}' is here a second time")
