"""`grader grade`."""

from __future__ import annotations

import importlib.util
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import grader.batch.folder
from tests.cli.terminal import ROOT, WITH_FAKE, Process, call, no_offspring
from tests.fakes import FakeGrader, wait_for

real = pytest.mark.skipif(
    sys.platform != "linux" or importlib.util.find_spec("torch") is None, reason="needs Linux and torch"
)
EXAMPLES = ROOT / "examples" / "submissions"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grader.batch.folder, "Grader", FakeGrader)
    monkeypatch.setenv("GRADER_LANG", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "submissions"
    for name, source in {"ada": "x = 1", "bob": "# wrong_answer", "\x1b[31mzed": "x = 2"}.items():
        (root / name).mkdir(parents=True)
        (root / name / "causal-attention.py").write_text(source)
    return root


pytestmark = pytest.mark.usefixtures("fake")


def test_a_line_for_each_candidate_and_the_report_on_stdout(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    ended = call(capsys, "grade", folder, "--out", tmp_path / "report")
    assert ended.out.splitlines() == [
        "✓  1/1 accepted    3/3   points  ⟨U+001B⟩[31mzed",
        "✓  1/1 accepted    3/3   points  ada",
        "✗  0/1 accepted    0/3   points  bob",
        str(tmp_path / "report" / "index.html"),
    ]
    assert (ended.code, ended.err) == (1, "")


def test_json_is_the_results_file(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    ended = call(capsys, "grade", folder, "--out", tmp_path / "report", "--format", "json", "--seed", "7")
    found = json.loads(ended.out)
    assert (found["schema_version"], found["seed"], len(found["results"])) == (1, 7, 3)
    assert found == json.loads((tmp_path / "report" / "results.json").read_text())


def test_the_command_that_replays_names_every_choice(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "my report"
    call(capsys, "grade", folder, "--out", out, "--isolation", "none", "--device", "cpu")
    found = json.loads((out / "results.json").read_text())
    assert found["command"] == (
        f"grader grade {folder} --out '{out}' --seed {found['seed']} --device cpu --isolation none"
    )


def test_what_is_not_graded_is_said_on_stderr(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    (folder / "ada" / "causal_attention.py").write_text("x = 1")
    (folder / "loose.py").write_text("x = 1")
    ended = call(capsys, "grade", folder, "--out", tmp_path / "report")
    assert "ada/causal_attention.py no question is called" in ended.err
    assert "did you mean 'causal-attention'?" in ended.err
    assert "loose.py lies in no candidate's folder" in ended.err


def test_the_same_command_again_says_what_was_known(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    call(capsys, "grade", folder, "--out", tmp_path / "report")
    assert "3 of 3 submissions were graded before" in call(capsys, "grade", folder, "--out", tmp_path / "report").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing", "--out", "r"], "missing: can't be read: No such file"),
        (["submissions", "--out", "submissions"], "can't go into the folder of the submissions"),
        (["submissions/ada", "--out", "r"], "move it to <candidate>/causal-attention.py"),
        (["submissions", "--out", "/proc/report"], "choose another --out"),
        (["submissions", "--out", "submissions/ada/causal-attention.py"], "choose another --out"),
        (["submissions"], "Missing option '--out'"),
        (["submissions", "--out", "r", "--jobs", "0"], "--jobs"),
        (["submissions", "--out", "r", "--isolation", "total"], "--isolation"),
    ],
)
def test_bad_arguments_are_one_line_on_stderr_and_exit_2(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(folder.parent)
    ended = call(capsys, "grade", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert ended.err.count("\n") == 1


def test_chinese_all_through(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    ended = call(capsys, "grade", folder, "--out", tmp_path / "report", "--lang", "zh")
    assert "通过  0/1  得分   0/3    bob" in ended.out
    assert 'lang="zh-Hans"' in (tmp_path / "report" / "index.html").read_text()


def test_no_bar_where_stderr_is_no_terminal(tmp_path: Path, folder: Path) -> None:
    process = Process(tmp_path, "grade", folder, "--out", tmp_path / "report")
    assert process.process.wait(60) == 1
    assert process.err == ""


def test_a_bar_where_stderr_is_a_terminal(tmp_path: Path, folder: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", WITH_FAKE, "grade", str(folder), "--out", str(tmp_path / "report")]
    environment = os.environ | {"TERM": "xterm", "GRADER_LANG": "en"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        seen = b""
        while chunk := _read(ours):
            seen += chunk
        process.wait(60)
    os.close(ours)
    assert b"grading" in seen
    assert b"3/3" in seen


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""


def test_ctrl_c_says_what_is_left_and_exits_as_shells_expect(tmp_path: Path, folder: Path) -> None:
    (folder / "carl").mkdir()
    (folder / "carl" / "causal-attention.py").write_text("# sleep 60")
    process = Process(tmp_path, "grade", folder, "--out", tmp_path / "report", "--jobs", "1")
    journal = tmp_path / "report" / "results.jsonl"
    wait_for(lambda: journal.exists() and journal.read_bytes().count(b"\n") == 4)
    assert process.interrupt() == 128 + signal.SIGINT
    assert process.err == "grader: interrupted; 1 submissions are left, and the same command goes on\n"
    assert (tmp_path / "report" / "index.html").exists()


# --- the real grader ---


@real
def test_examples_get_the_verdicts_that_their_readme_promises(tmp_path: Path) -> None:
    root = tmp_path / "submissions"
    for file in EXAMPLES.glob("*/causal-attention.*"):
        if file.parent.name not in ("chen", "dora"):  # those take their time; the next test has one
            copy = root / file.parent.name / file.name
            copy.parent.mkdir(parents=True)
            copy.write_bytes(file.read_bytes())
    process = Process(tmp_path, "grade", root, "--out", tmp_path / "report", "--seed", "11", fake=False)
    assert process.process.wait(300) == 1, process.err
    found = json.loads((tmp_path / "report" / "results.json").read_text())
    assert {each["candidate"]: each["verdict"] for each in found["results"]} == {
        "ada": "accepted",
        "ben": "wrong_answer",
        "eli": "runtime_error",
        "fatima": "accepted",
        "<b>gus & co": "runtime_error",
        "zoe": "accepted",
    }
    assert "seccomp" in found["isolation"]
    page = next((tmp_path / "report" / "candidates").glob("b-gus-co-*.html")).read_text()
    assert "<script>alert(" not in page
    assert "<img src=x" not in page
    assert no_offspring(process)


@real
def test_ctrl_c_ends_code_that_never_ends_and_records_no_verdict_on_it(tmp_path: Path) -> None:
    root = tmp_path / "submissions"
    for name in ("ada", "chen"):
        (root / name).mkdir(parents=True)
        source = (EXAMPLES / name / "causal-attention.py").read_bytes()
        (root / name / "causal-attention.py").write_bytes(source)
    process = Process(tmp_path, "grade", root, "--out", tmp_path / "report", "--jobs", "1", fake=False)
    journal = tmp_path / "report" / "results.jsonl"
    wait_for(lambda: journal.exists() and journal.read_bytes().count(b"\n") == 2, seconds=120)
    wait_for(lambda: len(process.offspring()) >= 2, seconds=60)
    assert process.interrupt() == 130
    assert no_offspring(process)
    found = json.loads((tmp_path / "report" / "results.json").read_text())
    assert [each["candidate"] for each in found["results"]] == ["ada"]


def test_a_failure_of_the_grader_is_said_on_stderr(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "bob" / "causal-attention.py").write_text("# grader_error")
    ended = call(capsys, "grade", folder, "--out", tmp_path / "report")
    assert ended.code == 3
    first, second = ended.err.splitlines()
    assert first.startswith("grader: the grader itself failed at bob/causal-attention.py: ")
    assert second == "grader: mend that and run the same command again"


def test_notes_speak_chinese(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    (folder / "ada" / "causal-atention.py").write_text("x = 1")
    for _ in range(2):
        ended = call(capsys, "grade", folder, "--out", tmp_path / "report", "--lang", "zh")
    assert "grader: 未评分：ada/causal-atention.py" in ended.err
    assert "grader: 3 份提交中有 3 份先前已评分" in ended.err


def test_a_damaged_question_loses_nothing_of_the_others(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "bank" / "questions" / "demo" / "damaged"
    damaged.mkdir(parents=True)
    (damaged / "question.yaml").write_text("minuts: 3\n")
    (folder / "ada" / "damaged.py").write_text("x = 1")
    ended = call(capsys, "grade", folder, "--bank", tmp_path / "bank", "--out", tmp_path / "report")
    assert (ended.code, ended.err) == (1, "")
    assert "2/2 accepted" in ended.out  # by the fake grader, which reads no question
