"""Parts of concept questions: right, wrong, of the wrong kind, and left to a human."""

from __future__ import annotations

import pytest

from grader.judge.concept import judge_part
from grader.question.types import Option, Part
from grader.result import MistakeName
from grader.text import Text, untranslated
from grader.verdict import Verdict

_OPTIONS = [Option(id=letter, text=untranslated(letter)) for letter in "abc"]


def _part(kind: str, **more: object) -> Part:
    options = _OPTIONS if kind.startswith("choice") else []
    return Part(id="one", kind=kind, prompt=Text(en="Which?", zh="哪个？"), points=2, options=options, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "answer", "key"),
    [
        (_part("choice"), "b", "b"),
        (_part("choices"), ["c", "a"], ["a", "c"]),
        (_part("choices"), [], []),
        (_part("number"), 4096, 4096),
        (_part("number"), 4096.0, 4096),
        (_part("number"), "44,236,800", 44236800),
        (_part("number"), "44_236_800", 44236800),
        (_part("number", rtol=0.01), 101, 100),
    ],
)
def test_a_right_answer_gets_its_points(part: Part, answer: object, key: object) -> None:
    result = judge_part(part, answer, key, {})
    assert (result.verdict, result.points) == (Verdict.ACCEPTED, 2)


@pytest.mark.parametrize(
    ("part", "answer", "key", "message"),
    [
        (_part("choice"), "a", "b", "'a' is not right."),
        (_part("choice"), "d", "b", "the answer must be one of: a, b, c."),
        (_part("choice"), ["b"], "b", "the answer must be one of: a, b, c."),
        (_part("choice"), None, "b", "not answered."),
        (_part("choices"), ["a"], ["a", "c"], "1 of your 1 choices are right; 2 are to be chosen."),
        (_part("choices"), ["a", "a"], ["a"], "the answer has a choice twice."),
        (_part("choices"), "a", ["a"], "the answer must be a list of: a, b, c."),
        (_part("number"), 4095, 4096, "4095 is not right."),
        (_part("number"), "4,09", 4096, "the answer must be a number."),
        (_part("number"), "4096 or so", 4096, "the answer must be a number."),
        (_part("number"), True, 1, "the answer must be a number."),
        (_part("number", rtol=0.01), float("nan"), 100, "nan is not right."),
        (_part("number", rtol=0.01), float("inf"), 100, "inf is not right."),
    ],
)
def test_a_wrong_answer_gets_none_and_is_told_why(part: Part, answer: object, key: object, message: str) -> None:
    result = judge_part(part, answer, key, {})
    assert (result.verdict, result.points) == (Verdict.WRONG_ANSWER, 0)
    assert result.message is not None
    assert result.message.en == message


def test_a_message_never_tells_the_right_answer() -> None:
    result = judge_part(_part("number"), 1, 4096, {})
    assert result.message is not None
    assert "4096" not in result.message.en + result.message.zh


def test_a_known_wrong_answer_is_named() -> None:
    name = MistakeName(id="squared", name=untranslated("n"), way_out=untranslated("w"))
    result = judge_part(_part("number"), 64, 4096, {"squared": (64, name)})
    assert result.mistake == name


def test_a_text_is_left_to_a_human_and_gets_no_points() -> None:
    result = judge_part(_part("text", rubric=[untranslated("r")]), "because", "key", {})
    assert result.manual
    assert (result.verdict, result.points, result.max_points) == (Verdict.SKIPPED, 0, 2)
    assert result.answer == "because"


@pytest.mark.parametrize("answer", [10**400, -(10**400), 1 << 20_000], ids=["large", "small", "unprintable"])
def test_a_number_beyond_every_float_is_wrong_and_no_failure_of_ours(answer: int) -> None:
    assert judge_part(_part("number"), answer, 4096.5, {}).verdict is Verdict.WRONG_ANSWER


def test_what_is_no_text_is_shown_in_short() -> None:
    inner: list[object] = ["x" * 100_000] * 1000
    result = judge_part(_part("text"), [inner] * 1000 + [1 << 20_000], None, {})
    assert result.verdict is Verdict.SKIPPED
    assert 0 < len(result.answer) <= 20_000
