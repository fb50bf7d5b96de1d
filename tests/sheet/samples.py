"""What the tests of sheets share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.question.bank import Bank, Entry
from grader.sheet.blocks import Document
from grader.sheet.make import Order, compose
from grader.text import Language, Text
from tests.banks import QUESTION, renamed, write_concept, write_question, write_whole_question

ROOT = Path(__file__).parents[2]


def built_in() -> Bank:
    """The bank of the checkout."""
    return Bank.open()


def bank_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """A small bank instead of the built-in one: six questions of four lengths and the four difficulties."""
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: root)
    write_concept(root)
    write_whole_question(root)
    for name, difficulty, minutes in (("a", "easy", 10), ("b", "medium", 20), ("c", "hard", 30), ("d", "expert", 20)):
        text = renamed(name, QUESTION).replace("difficulty: easy", f"difficulty: {difficulty}")
        write_whole_question(root, text.replace("minutes: 5", f"minutes: {minutes}"), name=name)
    return Bank.open()


def sheet_and_key(
    entries: Sequence[Entry], language: Language = "en", candidate: str = ""
) -> tuple[Document, Document]:
    """Both documents; a text that can't be shown as it should fails the test."""
    sheet, key = compose(entries, Order(language, candidate), pytest.fail, key=True)
    assert key is not None
    return sheet, key


def question_with_prompt(root: Path, prompt: str) -> Entry:
    """A whole question that asks something else."""
    quoted = '"' + prompt.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    write_whole_question(root)
    write_question(root, QUESTION.replace("en: Divide `x` by $\\sqrt{D}$.", f"en: {quoted}"))
    return Bank.open([root])["scaled-rows"]


def markdown_of(entry: Entry) -> Iterator[Text]:
    """Every text of a question that is Markdown."""
    question = entry.question
    yield question.prompt
    yield from (Text(en, zh) for en, zh in zip(question.hints.en, question.hints.zh, strict=True))
    yield from (part.prompt for part in question.parts)
