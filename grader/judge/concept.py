"""Judging the answers to a concept question: data against data, without any sandbox."""

from __future__ import annotations

import math
import re
import reprlib
from collections.abc import Mapping

import msgspec

from grader.judge.messages import number
from grader.question import Part
from grader.result import CheckResult, MistakeName
from grader.text import Text, untranslated
from grader.verdict import Verdict

Answers = Mapping[str, object]
MAX_ANSWER = 20_000  # characters of a text
MAX_BITS = 1000  # of a whole number; float64 ends at 1024, and Python prints no more than 4300 digits

_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([,_][0-9]{3})+(\.[0-9]+)?")
_UNANSWERED = Text(en="not answered.", zh="没有作答。")
_TO_A_HUMAN = Text(en="left to the interviewer.", zh="留给面试官评阅。")


def judge_part(
    part: Part, answer: object, key: object, mistakes: Mapping[str, tuple[object, MistakeName]]
) -> CheckResult:
    """The result of one part. `mistakes` are known wrong answers to it, by id."""
    title = untranslated(part.id)
    if part.kind == "text":
        return _manual(part, title, answer)
    answer = _number_of(answer) if part.kind == "number" else answer
    problem = _UNANSWERED if answer is None else problem_of(part, answer, key)
    result = CheckResult(
        name=part.id, title=title, verdict=Verdict.ACCEPTED, points=part.points, max_points=part.points
    )
    if problem is None:
        return result
    named = next((name for wrong, name in mistakes.values() if is_same_answer(part, answer, wrong)), None)
    return msgspec.structs.replace(
        result,
        verdict=Verdict.WRONG_ANSWER,
        points=0,
        case=_shortened(part.prompt),
        message=problem,
        mistake=named,
    )


def _number_of(answer: object) -> object:
    """The number that a text spells with digits in groups, such as 44,236,800 or 44_236_800; else what it was.

    A whole number beyond every float is an infinity, with which can be calculated.
    """
    if isinstance(answer, int) and answer.bit_length() > MAX_BITS:
        return math.copysign(math.inf, answer > 0 or -1)
    if isinstance(answer, str) and _GROUPED.fullmatch(answer.strip()):
        return float(re.sub("[,_]", "", answer.strip()))
    return answer


def _manual(part: Part, title: Text, answer: object) -> CheckResult:
    return CheckResult(
        name=part.id,
        title=title,
        verdict=Verdict.SKIPPED,
        points=0,
        max_points=part.points,
        case=_shortened(part.prompt),
        message=_UNANSWERED if not answer else _TO_A_HUMAN,
        manual=True,
        rubric=part.rubric,
        answer=_as_text(answer),
    )


class _Short(reprlib.Repr):
    """What is no text, cut on every level: aliases make a few bytes of YAML a list of gigabytes."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel, self.maxlist, self.maxdict, self.maxstring, self.maxother = 2, 20, 20, 500, 500

    def repr_int(self, x: int, level: int) -> str:
        return str(x) if x.bit_length() <= MAX_BITS else "…"


def _as_text(answer: object) -> str:
    if answer is None:
        return ""
    return (answer if isinstance(answer, str) else _Short().repr(answer))[:MAX_ANSWER]


def _shortened(prompt: Text) -> Text:
    def first(text: str) -> str:
        line = text.strip().splitlines()[0] if text.strip() else ""
        return line if len(line) <= 160 else line[:159] + "…"

    return Text(en=first(prompt.en), zh=first(prompt.zh))


def problem_of(part: Part, answer: object, key: object) -> Text | None:
    """What is wrong with an answer; None where it is right. Never tells the right answer."""
    shape = _wrong_shape(part, answer)
    if shape is not None:
        return shape
    if is_same_answer(part, answer, key):
        return None
    if part.kind == "number":
        return Text(en=f"{number(answer)} is not right.", zh=f"{number(answer)} 不对。")
    if part.kind == "choices" and isinstance(answer, list) and isinstance(key, list):
        right = len(set(answer) & set(key))
        return Text(
            en=f"{right} of your {len(answer)} choices are right; {len(key)} are to be chosen.",
            zh=f"选了 {len(answer)} 项，其中 {right} 项正确；应选 {len(key)} 项。",
        )
    return Text(en=f"'{answer}' is not right.", zh=f"选项 {answer} 不对。")


def _wrong_shape(part: Part, answer: object) -> Text | None:
    ids = [option.id for option in part.options]
    listed = ", ".join(ids)
    if part.kind == "number":
        if isinstance(answer, bool) or not isinstance(answer, int | float):
            return Text(en="the answer must be a number.", zh="答案应为数字。")
    elif part.kind == "choice":
        if not isinstance(answer, str) or answer not in ids:
            return Text(en=f"the answer must be one of: {listed}.", zh=f"答案应为其中之一：{listed}。")
    elif not isinstance(answer, list) or not all(isinstance(one, str) and one in ids for one in answer):
        return Text(en=f"the answer must be a list of: {listed}.", zh=f"答案应为列表，可选项：{listed}。")
    elif len(set(answer)) != len(answer):
        return Text(en="the answer has a choice twice.", zh="答案中有重复的选项。")
    return None


def is_same_answer(part: Part, answer: object, other: object) -> bool:
    """Whether two answers to a part mean the same."""
    if part.kind == "number":
        if not isinstance(answer, int | float) or not isinstance(other, int | float):
            return False
        return abs(answer - other) <= part.atol + part.rtol * abs(other)
    if part.kind == "choices":
        return (
            isinstance(answer, list) and isinstance(other, list) and sorted(map(str, answer)) == sorted(map(str, other))
        )
    return answer == other
