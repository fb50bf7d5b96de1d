"""The examples of docs/question-format.md load."""

from __future__ import annotations

import re
from pathlib import Path

from grader.question.bank import Bank
from grader.question.load import load_question
from tests.banks import CONCEPT, write_question

DOCUMENT = Path(__file__).parents[2] / "docs" / "question-format.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_whole_example_loads(tmp_path: Path) -> None:
    question = load_question(write_question(tmp_path, BLOCKS[0], "normalization", "rms-norm"))
    assert question.arguments["eps"].value == 1e-6


def test_the_mistakes_of_the_example_load(tmp_path: Path) -> None:
    write_question(tmp_path, BLOCKS[0], "normalization", "rms-norm")
    solutions = tmp_path / "solutions" / "normalization" / "rms-norm"
    (solutions / "wrong_answer").mkdir(parents=True)
    (solutions / "wrong_answer" / "eps_outside.py").write_text("")
    (solutions / "mistakes.yaml").write_text(BLOCKS[1], encoding="utf-8")
    assert list(Bank.open([tmp_path])["rms-norm"].mistakes) == ["eps_outside"]


def test_the_parts_of_the_example_load(tmp_path: Path) -> None:
    text = CONCEPT[: CONCEPT.index("parts:")] + BLOCKS[2]
    question = load_question(write_question(tmp_path, text, name="heads"))
    assert [part.kind for part in question.parts] == ["number", "text"]
