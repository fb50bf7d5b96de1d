"""What a proof says of a small question that has faults of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.grading.grader import Grader, Settings
from grader.question.bank import Bank
from grader.verify.promises import first_seeds
from grader.verify.proof import Proof
from grader.verify.proving import Bench, Depth, prove
from tests.banks import MISTAKES, write_whole_question

REFERENCE = '''"""Scaled rows."""


def scaled_rows(x, high):
    """Divide."""
    return x * x.shape[1] ** -0.5
'''
WRONG = REFERENCE.replace("x * x.shape[1] ** -0.5", "x + 0")
TWIN = MISTAKES + MISTAKES.replace("not_scaled", "zero_added")
MOODY = REFERENCE.replace("def ", "CALLS = []\n\n\ndef ").replace(
    "    return x", "    CALLS.append(x.dtype.itemsize)\n    return (3 if CALLS[0] == 8 else 1) * x"
)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    write_whole_question(folder)
    solutions = folder / "solutions" / "demo" / "scaled-rows"
    for path in ("reference.py", "accepted/loop.py", "accepted/einsum.py"):
        (solutions / path).write_text(REFERENCE, encoding="utf-8")
    (solutions / "wrong_answer" / "not_scaled.py").write_text(WRONG, encoding="utf-8")
    return folder


def _proof(folder: Path, depth: Depth) -> Proof:
    bank = Bank.open([folder])
    with ExitStack() as stack:
        graders = [stack.enter_context(Grader(bank, Settings(device="cpu", threads=threads))) for threads in (1, 2)]
        bench = Bench(*graders, stack.enter_context(ThreadPoolExecutor(1)))
        return prove(bench, bank["scaled-rows"], depth)


QUICK = Depth(seeds=(1,), variants=False)


def test_nothing_is_said_of_a_sound_question(bank: Path) -> None:
    proof = _proof(bank, QUICK)
    assert (proof.problems, proof.notes) == ([], [])
    assert proof.named == (1, 1)


def test_two_mistakes_that_give_the_same_are_reported(bank: Path) -> None:
    solutions = bank / "solutions" / "demo" / "scaled-rows"
    (solutions / "wrong_answer" / "zero_added.py").write_text(WRONG.replace("x + 0", "x"), encoding="utf-8")
    (solutions / "mistakes.yaml").write_text(TWIN, encoding="utf-8")
    notes = _proof(bank, QUICK).notes
    assert (
        "the mistakes not_scaled and zero_added can't be told apart: their results are the same in every case" in notes
    )


def test_a_change_that_is_no_mistake_is_a_problem(bank: Path) -> None:
    mistakes = bank / "solutions" / "demo" / "scaled-rows" / "mistakes.yaml"
    harmless = MISTAKES.replace("not_scaled:", "harmless:\n  change: [[x.shape, x.size()]]")
    mistakes.write_text(MISTAKES + harmless, encoding="utf-8")
    told = "mistakes.yaml: harmless is accepted instead of wrong_answer (seeds 1): every check passes"
    assert told in _proof(bank, QUICK).problems


def test_a_verdict_that_hangs_on_the_order_of_checks_is_a_problem(bank: Path) -> None:
    """This one is right as long as single precision comes first."""
    (bank / "solutions" / "demo" / "scaled-rows" / "accepted" / "loop.py").write_text(MOODY, encoding="utf-8")
    problems = _proof(bank, QUICK).problems
    told = "accepted/loop.py is accepted, but wrong_answer with 2 threads and the checks run in reverse order"
    assert told in problems


def test_a_sample_takes_some_mutants_and_looks_for_no_stale_ones(bank: Path) -> None:
    every = _proof(bank, Depth(seeds=(1,)))
    some = _proof(bank, Depth(seeds=(1,), sample=3))
    assert 0 < len(some.group("mutant")) < len(every.group("mutant"))
    assert 0 < len(some.group("degenerate")) < len(every.group("degenerate"))


def test_seeds_begin_with_that_of_check_and_do_not_repeat() -> None:
    assert first_seeds(1) == (20170612,)
    assert len(set(first_seeds(20))) == 20
