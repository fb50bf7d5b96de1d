"""Every question is on record as proved, and a sample of the proof is made anew; `make proof` makes the whole one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from grader.grading.grader import CHECK_SEED, Grader, Settings
from grader.question.bank import Bank, Entry
from grader.verify.judging_code import judging_code_hash
from grader.verify.proofs_lock import NAME, ProofsLock, RecordState
from grader.verify.proving import Bench, Depth, prove
from tests.drawing import drawn

BANK = Bank.open()
QUESTIONS = 8  # of each, every 16th solution, mutant and degenerate answer and every fourth style: 10 s of one core
SAMPLE = 16
DRAWN = drawn(BANK, QUESTIONS, name=lambda entry: entry.id, kind=lambda entry: entry.question.kind)


def test_every_question_is_on_record_as_it_is_now(record_property: Callable[[str, object], None]) -> None:
    lock = ProofsLock(BANK.roots[0])
    states = {entry.id: lock.state(entry, judging_code_hash()) for entry in BANK}
    missing = [name for name, state in states.items() if not state.is_present]
    older = sum(state is RecordState.OLDER_JUDGE for state in states.values())
    if older:
        told = f"{NAME}: {older} of {len(BANK)} questions were proved under an older judge"
        record_property("told", f"{told}; `make proof` proves them under this one")
    remedy = f"grader verify {' '.join(missing)}"
    assert not missing, f"{NAME}: {len(missing)} questions are not on record as they are now; prove them with: {remedy}"


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with ExitStack() as stack:
        settings = [Settings(device="cpu", preload=True, many=True, threads=threads) for threads in (1, 2)]
        graders = [stack.enter_context(Grader(BANK, one)) for one in settings]
        yield Bench(*graders, stack.enter_context(ThreadPoolExecutor(1)))


@pytest.mark.parametrize("entry", DRAWN, ids=lambda entry: entry.id)
def test_a_sample_of_its_proof_is_clean(entry: Entry, bench: Bench) -> None:
    proof = prove(bench, entry, Depth(seeds=(CHECK_SEED,), sample=SAMPLE))
    assert proof.problems == []
    assert proof.largest_error < 0.5
    if entry.question.kind != "concept":
        assert {one.group for one in proof.tried} == {"solution", "stub", "mutant", "degenerate", "style"}


def test_the_sample_has_every_kind_of_question_and_no_more_than_its_size() -> None:
    assert {entry.question.kind for entry in DRAWN} == {entry.question.kind for entry in BANK}
    assert len({entry.id for entry in DRAWN}) == len(DRAWN) == QUESTIONS
