"""The starter folder: for `grader check` and for `grader grade`."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from grader.intake.finding import find_submissions
from grader.question.bank import Bank
from grader.question.bank_files import read_text
from grader.sheet import starter
from grader.sheet.make import Order, compose
from tests.sheet.samples import bank_of


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    return bank_of(tmp_path / "bank", monkeypatch)


def make(folder: Path, bank: Bank, candidate: str = "") -> Path:
    entries = [bank["a"], bank["heads"]]
    sheet, _ = compose(entries, Order("en", candidate, banks=(Path("more"),)), pytest.fail, key=False)
    files = starter.files(folder, sheet, entries)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_grade_finds_all_answers_and_nothing_else(bank: Bank, tmp_path: Path) -> None:
    folder = make(tmp_path / "desk", bank, "Ada Lovelace")
    found = find_submissions(folder, bank, folder / starter.REPORT)
    assert found.candidates == ["Ada Lovelace"]
    assert sorted(handed.question for handed in found.handed) == ["a", "heads"]
    assert found.ignored == []


def test_the_readme_has_commands_that_work_there(bank: Bank, tmp_path: Path) -> None:
    folder = make(tmp_path / "desk", bank, "Ada Lovelace")
    lines = (folder / "README.md").read_text().splitlines()
    check, grade = (shlex.split(line) for line in lines if line.startswith("grader "))
    more = str(Path("more").absolute())
    assert check == ["grader", "check", "Ada Lovelace/a.py", "--bank", more]
    assert (folder / check[2]).read_text() == read_text(bank["a"].stub)
    assert grade == ["grader", "grade", ".", "--out", "report", "--bank", more]


@pytest.mark.parametrize(
    ("candidate", "folder"),
    [
        ("", "answers"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("李雷", "李雷"),
        ("../../etc", "etc"),
        (".hidden", "hidden"),
        ("a/b\\c:d", "a-b-c-d"),
        ("__pycache__", "answers"),
        ("report", "answers"),
        ("...", "answers"),
        ("x" * 99, "x" * 60),
    ],
)
def test_any_name_gives_a_folder_that_grade_looks_into(bank: Bank, tmp_path: Path, candidate: str, folder: str) -> None:
    assert starter.folder_of(candidate) == folder
    root = make(tmp_path / "desk", bank, candidate)
    assert find_submissions(root, bank, root / starter.REPORT).candidates == [folder]
