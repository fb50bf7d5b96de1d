"""What grading says of a wrong answer beyond its verdict, and that the way of going through the checks changes none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank
from grader.question.bank_files import read_text
from grader.question.solutions import with_both
from grader.verdict import Verdict

QUESTION = "causal-attention"
ENTRY = Bank.open()[QUESTION]
REFERENCE = read_text(ENTRY.reference)
KNOWN = {one.id: one for one in ENTRY.known}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(Bank.open(), Settings(device="cpu")) as started:
        yield started


def _mistake(name: str) -> str:
    return KNOWN[name].source


def _submission(source: str) -> Submission:
    return Submission("ann", QUESTION, f"{QUESTION}.py", source)


def test_two_known_mistakes_at_once_are_both_named(grader: Grader) -> None:
    source = with_both(KNOWN["missing_scale"], KNOWN["sees_next_token"])
    assert source is not None
    result = grader.grade(_submission(source))
    named = {check.mistake.id for check in result.checks if check.mistake}
    assert named == {"missing_scale+sees_next_token"}
    mistake = next(check.mistake for check in result.checks if check.mistake)
    for single in ("missing_scale", "sees_next_token"):
        assert ENTRY.mistakes[single].name.en in mistake.name.en
        assert ENTRY.mistakes[single].name.zh in mistake.name.zh


def test_one_mistake_alone_is_not_called_two(grader: Grader) -> None:
    result = grader.grade(_submission(_mistake("missing_scale")))
    assert {check.mistake.id for check in result.checks if check.mistake} == {"missing_scale"}


@pytest.mark.parametrize("source", [REFERENCE, _mistake("missing_scale"), "def causal_attention(q, k, v): 1 / 0"])
def test_the_order_of_the_checks_does_not_matter(grader: Grader, source: str) -> None:
    forwards = grader.grade(_submission(source))
    backwards = grader.grade(_submission(source), handling=Handling(backwards=True))
    assert [check.verdict for check in forwards.checks] == [check.verdict for check in backwards.checks]


def test_an_answer_that_counts_its_calls_is_found_out(grader: Grader) -> None:
    counting = REFERENCE.replace("def causal_attention", "CALLS = []\n\n\ndef causal_attention").replace(
        "    return ", "    CALLS.append(1)\n    return (len(CALLS) < 4) * "
    )
    assert grader.grade(_submission(counting)).verdict is not Verdict.ACCEPTED


@pytest.mark.parametrize("caught", [False, True])
def test_a_forbidden_call_in_one_check_costs_the_points_of_all(grader: Grader, caught: bool) -> None:
    call = 'getattr(torch.nn.functional, "scaled_dot_product" + "_attention")(q, k, v)'
    tried = f"try:\n            {call}\n        except RuntimeError:\n            pass" if caught else call
    source = REFERENCE.replace("    T, D =", f"    if q.shape[-2] > 100:\n        {tried}\n    T, D =")
    result = grader.grade(_submission(source))
    assert [check for check in result.checks if check.verdict is Verdict.ACCEPTED]
    assert (result.verdict, result.points) == (Verdict.RULE_VIOLATION, 0)
    assert {check.points for check in result.checks} == {0}
