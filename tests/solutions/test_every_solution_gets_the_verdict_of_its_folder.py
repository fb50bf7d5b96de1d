"""Every known solution gets the verdict that it must get: a sample, because `proofs.lock` has all on record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.question.bank import Bank, Entry
from grader.question.solutions import KnownSolution
from grader.verdict import Verdict
from grader.verify.promises import stub_of, submission_of
from tests.drawing import drawn

BANK = Bank.open()
SOLUTIONS = 120  # of each verdict one at least; about 0.3 s each
PROMISES = [(entry, solution) for entry in BANK for solution in entry.known]
DRAWN = drawn(PROMISES, SOLUTIONS, name=lambda one: f"{one[0].id} {one[1].id}", kind=lambda one: str(one[1].verdict))


def _name(promise: Entry | KnownSolution) -> str:
    return promise.id


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(BANK, Settings(device="cpu", many=True)) as started:
        yield started


@pytest.mark.parametrize(("entry", "solution"), DRAWN, ids=_name)
def test_it_gets_its_verdict(entry: Entry, solution: KnownSolution, grader: Grader) -> None:
    handling = Handling(name_mistakes=False, stop_early=solution.verdict is Verdict.WRONG_ANSWER)
    result = grader.grade(submission_of(entry, solution), handling=handling)
    assert result.verdict is solution.verdict, result.message or [check for check in result.checks if check.message]


@pytest.mark.parametrize("entry", BANK, ids=_name)
def test_the_stub_is_not_accepted(entry: Entry, grader: Grader) -> None:
    handling = Handling(name_mistakes=False, stop_early=True)
    assert grader.grade(stub_of(entry), handling=handling).verdict is not Verdict.ACCEPTED
