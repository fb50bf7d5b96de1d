"""A small bank, and an interview in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.question.bank import Bank
from tests.banks import write_concept, write_whole_question
from tests.interview.building import Interview


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    write_whole_question(tmp_path / "bank")
    write_concept(tmp_path / "bank")
    return Bank.open([tmp_path / "bank"])


@pytest.fixture
def interview(tmp_path: Path, bank: Bank) -> Interview:
    return Interview(tmp_path / "ada", bank, "scaled-rows", "heads")
