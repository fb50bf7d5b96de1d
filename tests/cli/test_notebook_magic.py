"""`%%grade` in a notebook."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("IPython", reason="IPython is not installed: pip install 'torch-interview-grader[notebook]'")

import grader
import grader.cli.notebook_magic as magic
import grader.grading.grader
from grader.cli.draw import draw
from grader.intake.submission import Submission
from grader.interview.log import Checked, read
from grader.interview.workspace import open_workspace, start
from grader.question.bank import Bank
from grader.report.cell import cell_html, cell_style
from grader.result import CheckResult, Result
from grader.text import untranslated
from grader.verdict import Verdict
from tests.fakes import FakeGrader
from tests.report import samples
from tests.report.pages import Page

ROOT = Path(__file__).parents[2]


class Shell:
    """What the magic needs of IPython's shell."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {}
        self.ran: list[str] = []

    def run_cell(self, cell: str) -> None:
        self.ran.append(cell)

    def transform_cell(self, cell: str) -> str:
        return cell


class Fake(FakeGrader):
    """Counts how many are made, and remembers what it was asked."""

    made: list[Fake] = []

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.asked: list[tuple[Submission, int | None]] = []
        self.says: Result | None = None
        Fake.made.append(self)

    def grade(self, submission: Submission, seed: int | None = None) -> Result:
        self.asked.append((submission, seed))
        if "NameError" in submission.source:
            result = super().grade(submission)
            broken = untranslated("raises NameError: name 'torch' is not defined in line 3.")
            return msgspec.structs.replace(result, checks=[failing(broken)])
        if "Ctrl-C" in submission.source:
            raise KeyboardInterrupt
        return super().grade(submission)


def failing(message: Any) -> CheckResult:
    return CheckResult("values", untranslated("values"), Verdict.RUNTIME_ERROR, 0, 3, message=message)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    monkeypatch.setattr(grader.grading, "Grader", Fake)
    monkeypatch.setenv("GRADER_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Fake.made.clear()
    return Shell()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[magic.Shown]:
    found: list[magic.Shown] = []
    monkeypatch.setattr(magic, "display", found.append)
    return found


@pytest.fixture
def grade(shell: Shell) -> magic.Magic:
    return magic.Magic(shell, magic.Kept())  # type: ignore[arg-type]


# --- what is graded ---


def test_the_cell_is_graded_shown_and_run(grade: magic.Magic, shell: Shell, shown: list[magic.Shown]) -> None:
    grade("causal-attention", "# accepted\nx = 1\n")
    assert [one.result.verdict for one in shown] == [Verdict.ACCEPTED]
    assert shell.ran == ["# accepted\nx = 1\n"]


def test_lines_are_numbered_as_in_the_notebook_and_magics_are_comments(
    grade: magic.Magic, shown: list[magic.Shown]
) -> None:
    grade("causal-attention", "%time\nx = 1\n")
    assert Fake.made[0].asked[0][0].source == "\n# %time\nx = 1\n"


def test_the_seed_is_that_of_check_unless_another_is_asked_for(grade: magic.Magic, shown: list[magic.Shown]) -> None:
    grade("causal-attention", "x = 1")
    grade("causal-attention --seed 5", "x = 1")
    assert [seed for _, seed in Fake.made[0].asked] == [grader.grading.grader.CHECK_SEED, 5]


def test_no_run_only_judges(grade: magic.Magic, shell: Shell, shown: list[magic.Shown]) -> None:
    grade("causal-attention --no-run", "x = 1")
    assert shown
    assert not shell.ran


def test_a_syntax_error_is_not_run_again(grade: magic.Magic, shell: Shell, shown: list[magic.Shown]) -> None:
    grade("causal-attention", "def f(:\n")
    assert shown
    assert not shell.ran


def test_answers_to_a_concept_question_are_not_run(grade: magic.Magic, shell: Shell, shown: list[magic.Shown]) -> None:
    grade("imagen-attention", "answers:\n  %x: 1\n")
    assert Fake.made[0].asked[0][0].source == "\nanswers:\n  %x: 1\n"
    assert Fake.made[0].asked[0][0].file == "cell.yaml"
    assert not shell.ran


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("causal-atention", "x = 1", "did you mean 'causal-attention'"),
        ("causal-attention", " \n\n", "the cell is empty"),
        ("causal-attention", "x = '\0'", "NUL"),
        ("causal-attention", "x = '\ud800'", "is not UTF-8"),
        ("causal-attention", "#" * 1_000_001, "is too large"),
        ("", "x = 1", "write: %%grade ID"),
        ("causal-attention --sed 3", "x = 1", "write: %%grade ID"),
        ("causal-attention --seed many", "x = 1", "write: %%grade ID"),
        ("causal-attention 'open", "x = 1", "No closing quotation"),
        ("causal-attention --bank nowhere", "x = 1", "there is no such folder"),
    ],
)
def test_what_cannot_be_judged_is_one_line_and_no_traceback(
    grade: magic.Magic, shell: Shell, capsys: pytest.CaptureFixture[str], line: str, cell: str, said: str
) -> None:
    grade(line, cell)
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not shell.ran


def test_a_name_from_another_cell_is_explained(grade: magic.Magic, shell: Shell, shown: list[magic.Shown]) -> None:
    grade("causal-attention --no-run", "# NameError")
    shell.user_ns["torch"] = object()
    grade("causal-attention --no-run", "# NameError")
    first, second = (repr(one) for one in shown)
    assert "another cell" not in first
    assert second.startswith("`torch` is defined in another cell, and this one is graded alone: write its imports")
    assert "graded alone" in shown[1]._repr_html_()


# --- the grader that is kept ---


def test_one_grader_serves_all_cells_until_a_question_trains(grade: magic.Magic, shown: list[magic.Shown]) -> None:
    for question in ("causal-attention", "simple-cnn", "causal-attention"):
        grade(question, "x = 1")
    assert len(Fake.made) == 1
    for question in ("mini-imagen", "causal-attention", "mini-imagen"):
        grade(question, "x = 1")
    assert [fake.settings.preload for fake in Fake.made] == [False, True]
    assert Fake.made[0].closed.is_set()


def test_after_ctrl_c_the_next_cell_has_a_new_grader(grade: magic.Magic, shown: list[magic.Shown]) -> None:
    with pytest.raises(KeyboardInterrupt):
        grade("causal-attention", "# Ctrl-C")
    grade("causal-attention", "x = 1")
    assert len(Fake.made) == 2
    assert Fake.made[0].closed.is_set()


def test_in_the_workspace_of_an_interview_it_is_recorded(
    grade: magic.Magic, shown: list[magic.Shown], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = Bank.open()["causal-attention"]
    start(tmp_path / "ada", [entry], 30, "Ada", "en")
    monkeypatch.chdir(tmp_path / "ada")
    grade("causal-attention", "# wrong_answer")
    event = read(open_workspace(Path())).events[0]
    assert isinstance(event, Checked)
    assert (event.file, event.question) == ("notebook", "causal-attention")


# --- what is drawn ---


def test_text_is_what_the_terminal_shows() -> None:
    result = samples.everything("Ada")[0]
    assert repr(magic.Shown(result, "en")) == "\n".join(line.text for line in draw(result, "en"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_adds_no_element_and_no_attribute(language: Any) -> None:
    def page(text: str) -> Page:
        poisoned = [samples.poison(one, text) for one in samples.everything("Ada")]
        return Page("".join(cell_html(one, language, text) for one in poisoned))

    harmless, hostile = page("harmless"), page(samples.NASTY)
    assert hostile.vocabulary() == harmless.vocabulary()
    assert hostile.raw == harmless.raw
    assert not any(tag == "script" for tag, _ in hostile.elements)


def test_every_rule_of_the_style_lies_below_the_cells_element() -> None:
    depth, outside = 0, []
    for line in cell_style().split("\n"):
        if depth == 0 and line.strip() and not line.startswith("}"):
            outside.append(line.partition("{")[0].strip())
        depth += line.count("{") - line.count("}")
    assert depth == 0
    assert all(".grader-cell" in selector for selector in outside), outside
    assert ":root" not in cell_style()


def test_each_theme_of_a_notebook_sets_the_colours() -> None:
    for theme in ('[data-jp-theme-light="false"]', '[data-jp-theme-light="true"]', ".vscode-dark", ".vscode-light"):
        block = cell_style().partition(f"\n{theme} ")[2].partition("}")[0]
        assert all(f" {name}:" in block for name in ("--paper", "--ink", "--accepted", "--wrong")), theme


# --- in a real kernel ---


def test_importing_the_package_brings_no_ipython() -> None:
    code = "import sys, grader; assert 'IPython' not in sys.modules and 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


RIGHT = """\
%%grade causal-attention
import torch
def causal_attention(q, k, v):
    T = q.shape[-2]
    scores = q @ k.mT / q.shape[-1] ** 0.5
    hidden = torch.ones(T, T, dtype=torch.bool, device=q.device).triu(1)
    return scores.masked_fill(hidden, -torch.inf).softmax(-1) @ v
"""
CELLS = (
    "%load_ext grader",
    RIGHT,
    "print(causal_attention.__name__)",
    RIGHT.replace(" / q.shape[-1] ** 0.5", ""),
    RIGHT.replace("(q, k, v):", "(q, k, v:"),
)


@pytest.mark.skipif(sys.platform != "linux" or not importlib.util.find_spec("torch"), reason="needs Linux and torch")
@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("ipykernel", "nbclient")), reason="needs ipykernel and nbclient"
)
def test_a_notebook_from_end_to_end(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    # In a process of its own: the client's event loop and its warnings are none of this process's business.
    code = (
        "import sys, json, nbformat, nbclient\n"
        "cells = [nbformat.v4.new_code_cell(text) for text in json.loads(sys.argv[1])]\n"
        "notebook = nbformat.v4.new_notebook(cells=cells)\n"
        "nbclient.NotebookClient(notebook, timeout=120, kernel_name='python3').execute()\n"
        "json.dump(notebook, open(sys.argv[2], 'w'))\n"
    )
    environment = os.environ | {"GRADER_LANG": "en", "PYTHONPATH": str(ROOT), "JUPYTER_PLATFORM_DIRS": "1"}
    subprocess.run([sys.executable, "-c", code, json.dumps(CELLS), str(out)], check=True, env=environment, cwd=tmp_path)
    outputs = [cell["outputs"] for cell in json.loads(out.read_text())["cells"]]
    right, used, wrong, broken = outputs[1:]
    assert right[0]["data"]["text/plain"].split("\n")[1].startswith("✓ accepted, 15 of 15 points")
    assert 'class="grader-cell' in right[0]["data"]["text/html"]
    assert used[0]["text"] == "causal_attention\n"
    assert "when the scores are not divided by the square root of D" in wrong[0]["data"]["text/plain"]
    assert "the file is not Python in line 3: SyntaxError" in broken[0]["data"]["text/plain"]
    assert [output["output_type"] for output in broken] == ["display_data"]
