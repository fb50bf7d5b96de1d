"""`grader verify ID --show NAME`: a known mistake as a diff, or whole."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from tests.banks import DIFFERING, REFERENCE, write_changed_question, write_concept
from tests.cli.test_commands import require_one_line, run

DIFF = [
    "--- reference.py",
    "+++ mistakes.yaml: no_root",
    "@@ -3,5 +3,5 @@",
    " ",
    " def scaled_rows(x, high):",
    '     """Divide."""',
    "-    y = x / x.shape[1] ** 0.5",
    "+    y = x / x.shape[1]",
    "     return y",
]
DIFF_OF_ANSWERS = """\
--- reference.yaml
+++ mistakes.yaml: three
@@ -1,3 +1,3 @@
 answers:
-  how-many: 1.5
-  which: a
+  how-many: 3
+  which: b
"""


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_changed_question(tmp_path)
    write_concept(tmp_path, DIFFERING)
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: tmp_path)


def test_a_mistake_is_shown_as_a_diff_against_what_it_changes() -> None:
    result = run("verify", "scaled-rows", "--show", "no_root")
    assert (result.exit_code, result.stdout.splitlines(), result.stderr) == (0, DIFF, "")
    assert run("verify", "scaled-rows", "--show", "first_row_only").stdout.startswith("--- accepted/loop.py\n")


def test_a_mistake_is_shown_whole() -> None:
    result = run("verify", "scaled-rows", "--show", "no_root", "--source")
    assert (result.exit_code, result.stdout) == (0, REFERENCE.replace(" ** 0.5", ""))


def test_a_mistake_that_is_a_file_is_compared_with_the_reference() -> None:
    result = run("verify", "scaled-rows", "--show", "not_scaled")
    assert result.stdout.startswith("--- reference.py\n+++ wrong_answer/not_scaled.py\n")
    assert result.stdout.endswith("\n+scaled_rows = None\n")


def test_of_a_concept_question_the_answers_that_differ_are_shown() -> None:
    assert run("verify", "heads", "--show", "three").stdout == DIFF_OF_ANSWERS
    whole = run("verify", "heads", "--show", "three", "--source").stdout
    assert whole == "answers:\n  which: b\n  several:\n  - a\n  - b\n  how-many: 3\n  why: because\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scaled-rows", "--show", "no_rot"], "'scaled-rows' has no mistake 'no_rot'; did you mean 'no_root'?"),
        (["heads", "--show", "loop"], "'heads' has no mistake 'loop'; mistakes: three, unnamed"),
        (["--show", "no_root"], "--show is about a mistake of one question: grader verify ID --show NAME"),
        (["heads", "scaled-rows", "--show", "x"], "--show is about a mistake of one question: grader verify ID --show NAME"),
        (["scaled-rows", "--source"], "--source prints a mistake whole; name it with --show NAME"),
        (["scaled-rows", "--show", "no_root", "--quick"], "--show prints a mistake and proves nothing; leave out --quick"),
        (["scaled-rows", "--show", "no_root", "--format", "json"], "--show prints a mistake and proves nothing; leave out --format"),
    ],
)  # fmt: skip
def test_what_can_not_be_shown_is_refused_in_one_sentence(arguments: list[str], message: str) -> None:
    require_one_line(run("verify", *arguments), 2, message)
