from __future__ import annotations

from pathlib import Path

import pytest

from grader.question.bank import Bank
from tests.banks import renamed, write_whole_question
from tests.verify.proving import Prover


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Two questions instead of the built-in bank."""
    root = tmp_path / "bank"
    write_whole_question(root)
    write_whole_question(root, renamed("more-rows"), name="more-rows")
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: root)
    return Bank.open()


@pytest.fixture
def prover(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> Prover:
    return Prover(monkeypatch)
