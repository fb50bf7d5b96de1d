"""A sample of the proof of every question; `make proof` makes the whole one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from grader.grading.grader import CHECK_SEED, Grader, Settings
from grader.question.bank import Bank, Entry
from grader.verify.prove import Bench, Depth, prove

BANK = Bank.open()
SAMPLE = 16  # of solutions, mutants and degenerate answers every sixteenth, of styles every fourth


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with ExitStack() as stack:
        settings = [Settings(device="cpu", preload=True, many=True, threads=threads) for threads in (1, 2)]
        graders = [stack.enter_context(Grader(BANK, one)) for one in settings]
        yield Bench(*graders, stack.enter_context(ThreadPoolExecutor(1)))


@pytest.mark.parametrize("entry", BANK, ids=lambda entry: entry.id)
def test_a_sample_of_its_proof_is_clean(entry: Entry, bench: Bench) -> None:
    proof = prove(bench, entry, Depth(seeds=(CHECK_SEED,), sample=SAMPLE))
    assert proof.problems == []
    assert proof.largest_error < 0.5
    if entry.question.kind != "concept":
        assert {one.group for one in proof.tried} == {"solution", "stub", "mutant", "degenerate", "style"}
