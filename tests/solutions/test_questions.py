"""What every question of the bank keeps to, beyond what loading it demands."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from grader.question.bank import Bank, Entry
from grader.question.solutions import KnownSolution
from grader.verdict import Verdict
from grader.worker.suspicions import suspicions

BANK = Bank.open()
CODE = [entry for entry in BANK if entry.question.kind != "concept"]
FIRST_LINE = "# yaml-language-server: $schema=../../../docs/{name}.schema.json\n"


def _id(entry: Entry) -> str:
    return entry.id


def _with(entry: Entry, verdict: Verdict) -> list[KnownSolution]:
    return [one for one in entry.known if one.verdict is verdict]


def _docstrings(path: Path) -> dict[str, str | None]:
    """Of the module, and of every public function, class and method."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {"": ast.get_docstring(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found[node.name] = ast.get_docstring(node)
    return found


@pytest.mark.parametrize("entry", CODE, ids=_id)
def test_stub_and_reference_share_their_docstrings(entry: Entry) -> None:
    stub, reference = _docstrings(entry.stub), _docstrings(entry.reference)
    assert stub[""]
    for name, docstring in stub.items():
        assert docstring == reference[name], name


@pytest.mark.parametrize("entry", CODE, ids=_id)
def test_a_stub_needs_only_torch(entry: Entry) -> None:
    tree = ast.parse(entry.stub.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.partition(".")[0] for module in modules} <= {"torch", *sys.stdlib_module_names}


@pytest.mark.parametrize("entry", BANK, ids=_id)
def test_an_editor_finds_the_schema(entry: Entry) -> None:
    for file in (entry.file, entry.solutions / "mistakes.yaml"):
        assert file.read_text(encoding="utf-8").startswith(FIRST_LINE.format(name=file.stem))


@pytest.mark.parametrize("entry", BANK, ids=_id)
def test_there_are_right_answers_in_other_styles_and_named_mistakes(entry: Entry) -> None:
    wrong = _with(entry, Verdict.WRONG_ANSWER)
    assert len(_with(entry, Verdict.ACCEPTED)) >= 1 + 2
    assert len(wrong) >= 4
    assert {one.id for one in wrong} <= set(entry.mistakes)


@pytest.mark.parametrize("entry", BANK, ids=_id)
def test_hints_go_from_a_nudge_to_nearly_the_answer(entry: Entry) -> None:
    assert len(entry.question.hints.en) == len(entry.question.hints.zh) >= 3


@pytest.mark.parametrize("entry", BANK, ids=_id)
def test_chinese_is_chinese_and_english_is_not(entry: Entry) -> None:
    question = entry.question
    for text in (question.title, question.prompt, *(mistake.name for mistake in entry.mistakes.values())):
        assert re.search(r"[\u4e00-\u9fff]", text.zh) or text.zh == text.en
        assert not re.search(r"[\u4e00-\u9fff]", text.en)


@pytest.mark.parametrize("entry", CODE, ids=_id)
def test_each_file_of_a_wrong_answer_says_what_is_wrong(entry: Entry) -> None:
    for path in entry.solutions_in("wrong_answer"):
        assert _docstrings(path)[""], path.name


@pytest.mark.parametrize("entry", CODE, ids=_id)
def test_no_right_answer_is_worth_a_look(entry: Entry) -> None:
    """What a report lists as suspicious must be rare enough to be looked at."""
    for one in _with(entry, Verdict.ACCEPTED):
        assert suspicions(ast.parse(one.source), entry.question.allow) == [], one.place
