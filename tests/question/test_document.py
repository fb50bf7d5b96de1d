"""The examples of docs/question-format.md load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.errors import SpecError
from grader.question.bank import Bank, Entry
from grader.question.conditions import CONDITIONS
from grader.question.load import load_question
from grader.question.probe_functions import built_in_probes
from grader.verdict import Verdict
from tests.banks import CONCEPT, write_question

DOCUMENT = Path(__file__).parents[2] / "docs" / "question-format.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
REFERENCE = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)[0]


def _rms_norm(root: Path, mistakes: str) -> Entry:
    write_question(root, BLOCKS[0], "normalization", "rms-norm")
    solutions = root / "solutions" / "normalization" / "rms-norm"
    solutions.mkdir(parents=True)
    (solutions / "reference.py").write_text(REFERENCE, encoding="utf-8")
    (solutions / "mistakes.yaml").write_text(mistakes, encoding="utf-8")
    return Bank.open([root])["rms-norm"]


def test_the_whole_example_loads(tmp_path: Path) -> None:
    question = load_question(write_question(tmp_path, BLOCKS[0], "normalization", "rms-norm"))
    assert question.arguments["eps"].value == 1e-6


def test_the_mistakes_of_the_example_load(tmp_path: Path) -> None:
    entry = _rms_norm(tmp_path, BLOCKS[1])
    assert list(entry.mistakes) == ["eps_outside", "axis_dropped"]
    assert [one.verdict for one in entry.known] == [Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR]


def test_whole_lines_are_changed_as_the_document_writes_it(tmp_path: Path) -> None:
    entry = _rms_norm(tmp_path, f"in_float32:\n  verdict: runtime_error\n{BLOCKS[2]}")
    _, changed = entry.known
    assert changed.source == REFERENCE.replace("    mean_square", "    x = x.float()\n    mean_square")


def test_the_error_that_the_document_quotes_is_what_comes(tmp_path: Path) -> None:
    entry = _rms_norm(tmp_path, BLOCKS[1].replace("(mean_square + eps).sqrt()", "(mean_square + epsilon).sqrt()"))
    with pytest.raises(SpecError) as caught:
        _ = entry.known
    assert f"    {str(caught.value).removeprefix(f'{entry.solutions}/')}\n" in TEXT


def _rows(head: str) -> list[str]:
    """The names in the first column of a table."""
    table = TEXT[TEXT.index(f"| {head} |") :].split("\n\n")[0]
    return [name for line in table.splitlines()[2:] for name in re.findall("`(.*?)`", line.split("|")[1])]


def test_the_tables_name_every_probe_and_every_condition() -> None:
    assert sorted(_rows("probe")) == sorted(name for name, probe in built_in_probes().items() if probe.in_specs)
    assert _rows("condition") == [condition.key for condition in CONDITIONS]


def test_the_parts_of_the_example_load(tmp_path: Path) -> None:
    text = CONCEPT[: CONCEPT.index("parts:")] + BLOCKS[3]
    question = load_question(write_question(tmp_path, text, name="heads"))
    assert [part.kind for part in question.parts] == ["number", "text"]
