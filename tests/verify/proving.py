"""Proofs that nobody made, and a command that proves nothing: for tests of what is done with a proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.question.bank import Entry
from grader.verify.proof import Made, Proof, Tried

MADE = Made([1, 2], True, 1, {"grader": "0.1.0", "python": "3.11", "torch": "2.6"}, "judge")
FAILURES = ["wrong_answer", "runtime_error"]


def tried() -> list[Tried]:
    """One of everything."""
    return [
        Tried("solution", "reference.py", "accepted", ["accepted"], margin=0.02),
        Tried("solution", "wrong_answer/no_mask.py", "wrong_answer", ["wrong_answer"], margin=900.0, mistake="no_mask"),
        Tried("solution", "wrong_answer/summed.py", "wrong_answer", ["wrong_answer"], margin=70.0, mistake="no_mask"),
        Tried("stub", "stub.py", "runtime_error", FAILURES, check="shape", message="raises NotImplementedError."),
        Tried("mutant", "number: 1 -> 2", "wrong_answer", FAILURES, 7, "values", "differs", 5e4, "no_mask"),
        Tried("mutant", "number: 1 -> 3", "wrong_answer", FAILURES, 8, "values", "differs", 12.5, hint="twice as big"),
        Tried("mutant", "sign: x -> -x", "wrong_answer", FAILURES, 9, "values", "differs", 3e7),
        Tried("mutant", "dropped: f(x) -> x", "runtime_error", FAILURES, 9, "shape", "raises ValueError"),
        Tried("mutant", "swap: a + b -> b + a", "accepted", FAILURES, 10, margin=0.0, reason="addition commutes"),
        Tried("degenerate", "zeros", "wrong_answer", ["wrong_answer"], check="values", margin=800.0),
        Tried("style", "renamed", "accepted", ["accepted"], margin=0.05),
    ]


def proof(question: str = "rows", content_hash: str = "abc", **more: Any) -> Proof:
    return Proof(question, content_hash, **({"problems": [], "tried": tried(), "seconds": 61.0, "made": MADE} | more))


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


class Prover:
    """Takes the place of the real one, and notes what it was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.fail_at = ""
        self.problems: list[str] = []
        monkeypatch.setattr("grader.grading.Grader", lambda *_: self)
        monkeypatch.setattr("grader.verify.prove", self.prove)

    def __enter__(self) -> Prover:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def prove(self, grader: object, entry: Entry, *_: object) -> Proof:
        if entry.id == self.fail_at:
            raise KeyboardInterrupt
        self.asked.append(entry.id)
        return proof(entry.id, entry.content_hash, problems=self.problems, made=None)
