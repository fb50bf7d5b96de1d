"""A solution's folder is the verdict that it must get: a sample, because `proofs.lock` has all on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.question.bank import Bank, Entry
from grader.verdict import Verdict
from grader.verify.promises import promises, submission_of
from tests.drawing import drawn

BANK = Bank.open()
SOLUTIONS = 120  # of each verdict one at least; about 0.3 s each
PROMISES = [(entry, path, verdict) for entry in BANK for path, verdict in promises(entry)]
DRAWN = drawn(PROMISES, SOLUTIONS, name=lambda one: f"{one[0].id} {one[1].name}", kind=lambda one: str(one[2]))


def _name(promise: object) -> str:
    return promise.stem if isinstance(promise, Path) else getattr(promise, "id", str(promise))


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(BANK, Settings(device="cpu", many=True)) as started:
        yield started


@pytest.mark.parametrize(("entry", "path", "verdict"), DRAWN, ids=_name)
def test_the_folder_is_the_verdict(entry: Entry, path: Path, verdict: Verdict, grader: Grader) -> None:
    handling = Handling(name_mistakes=False, stop_early=verdict is Verdict.WRONG_ANSWER)
    result = grader.grade(submission_of(entry, path), handling=handling)
    assert result.verdict is verdict, result.message or [check for check in result.checks if check.message]


@pytest.mark.parametrize("entry", BANK, ids=_name)
def test_the_stub_is_not_accepted(entry: Entry, grader: Grader) -> None:
    handling = Handling(name_mistakes=False, stop_early=True)
    assert grader.grade(submission_of(entry, entry.stub), handling=handling).verdict is not Verdict.ACCEPTED
