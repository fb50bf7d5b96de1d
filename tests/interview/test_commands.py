"""`grader session`, and what the other commands tell it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

import grader.grading.grader
from grader.cli.session_command import command
from grader.intake.submission import Submission
from grader.interview import log
from grader.interview.recorder import checked
from grader.interview.workspace import open_workspace
from grader.result import CheckResult, Result
from grader.text import untranslated
from grader.verdict import Verdict
from tests.cli.terminal import Ended, call
from tests.fakes import FakeGrader


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(grader.grading, "Grader", FakeGrader)
    monkeypatch.setenv("GRADER_LANG", "en")
    monkeypatch.chdir(tmp_path)


Capture = pytest.CaptureFixture[str]


def begin(capsys: Capture, *more: str) -> Ended:
    return call(capsys, "session", "start", "--minutes", "45", *more, "causal-attention", "simple-cnn")


def events(folder: str = "interview") -> list[log.Event]:
    return log.read(open_workspace(Path(folder))).events


def test_start_prints_the_folder_and_says_that_the_time_runs(capsys: Capture) -> None:
    ended = begin(capsys, "--candidate", "Ana María / Núñez")
    assert (ended.code, ended.out) == (0, "interview-ana-maría-núñez\n")
    assert ended.err.startswith("grader: the time runs: 45 minutes, until ")
    assert Path("interview-ana-maría-núñez", "simple-cnn.py").exists()


def test_without_minutes_those_of_the_questions_count(capsys: Capture) -> None:
    call(capsys, "session", "start", "causal-attention", "simple-cnn")
    assert open_workspace(Path("interview")).session.minutes == 35


def test_bad_arguments_are_one_line_and_make_nothing(capsys: Capture) -> None:
    for arguments, said in (
        (["causal-atention"], "did you mean 'causal-attention'"),
        (["simple-cnn", "vision/simple-cnn"], "'simple-cnn' is named twice"),
        (["simple-cnn", "--minutes", "0"], "--minutes"),
        (["simple-cnn", "--candidate", "x" * 201], "--candidate: the name has 201 characters"),
        ([], "Missing argument"),
        (["simple-cnn", "--bank", "nowhere"], "there is no such folder"),
    ):
        ended = call(capsys, "session", "start", *arguments)
        assert ended.code == 2
        assert said in ended.err
        assert ended.err.count("\n") == 1
    assert not list(Path().iterdir())


def test_a_second_start_overwrites_nothing(capsys: Capture) -> None:
    begin(capsys)
    Path("interview", "simple-cnn.py").write_text("my work\n")
    ended = begin(capsys)
    assert ended.code == 2
    assert "is not empty, and nothing is overwritten" in ended.err
    assert Path("interview", "simple-cnn.py").read_text() == "my work\n"


def test_a_check_of_a_file_in_the_workspace_is_recorded_with_a_copy(capsys: Capture) -> None:
    begin(capsys)
    file = Path("interview", "causal-attention.py")
    file.write_text("# wrong_answer\n")
    first = call(capsys, "check", file)
    file.write_text("# accepted\n")
    call(capsys, "check", file)
    assert "grader: recorded for the interview; 44:" in first.err
    found = events()
    assert [event.verdict for event in found if isinstance(event, log.Checked)] == ["wrong_answer", "accepted"]
    one = found[0]
    assert isinstance(one, log.Checked)
    assert (one.file, one.points, one.max_points, one.seed) == ("causal-attention.py", 0, 3, 20170612)
    assert one.failing == untranslated("values")
    assert open_workspace(Path("interview")).copies.read(one.copy) == "# wrong_answer\n"


def test_a_hint_and_a_solution_are_recorded_where_one_works(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(capsys)
    call(capsys, "hint", "simple-cnn")
    assert events() == []
    monkeypatch.chdir("interview")
    call(capsys, "hint", "simple-cnn")
    call(capsys, "solution", "simple-cnn", "--yes")
    assert [type(event) for event in events(".")] == [log.Hinted, log.Revealed]


def test_a_check_elsewhere_is_not_recorded(capsys: Capture) -> None:
    begin(capsys)
    Path("causal-attention.py").write_text("x = 1\n")
    assert "interview" not in call(capsys, "check", "causal-attention.py").err
    assert events() == []


def test_a_record_that_cannot_be_written_costs_no_verdict(capsys: Capture) -> None:
    begin(capsys)
    journal = Path("interview", ".grader-session", "journal.jsonl")
    journal.unlink()
    journal.mkdir()
    ended = call(capsys, "check", "interview/causal-attention.py")
    assert ended.code == 0
    assert "not recorded: " in ended.err
    Path("interview", ".grader-session", "session.json").write_text("{")
    ended = call(capsys, "check", "interview/causal-attention.py")
    assert ended.code == 0
    assert "session.json: is damaged" in ended.err


def test_status_says_what_is_left_and_how_each_question_stands(capsys: Capture) -> None:
    begin(capsys, "--candidate", "Ada", "--dir", "here")
    Path("here", "simple-cnn.py").write_text("# wrong_answer\n")
    call(capsys, "check", "here/simple-cnn.py")
    lines = call(capsys, "session", "status", "here").out.splitlines()
    assert lines[0].startswith("Ada: 44:")
    assert lines[0].endswith("of 45 min left")
    assert lines[2].split()[:4] == ["✗", "0/3", "1", "checks"]
    status = json.loads(call(capsys, "session", "status", "here", "--format", "json").out)
    assert status["schema_version"] == 1
    assert [(one["question"], one["verdict"]) for one in status["questions"]] == [
        ("causal-attention", None),
        ("simple-cnn", "wrong_answer"),
    ]


def test_end_is_recorded_once_and_later_checks_are_late(capsys: Capture) -> None:
    begin(capsys)
    ended = call(capsys, "session", "end", "interview")
    assert ended.out.startswith("ended after 0:0")
    assert "grader session report interview" in ended.err
    again = call(capsys, "session", "end", "interview")
    assert again.code == 2
    assert "was ended already" in again.err
    assert "after its end" in call(capsys, "check", "interview/simple-cnn.py").err


def test_report_writes_one_page(capsys: Capture) -> None:
    begin(capsys)
    ended = call(capsys, "session", "report", "interview", "--out", "ada.html", "--lang", "zh")
    assert (ended.code, ended.out) == (0, "ada.html\n")
    assert 'lang="zh-Hans"' in Path("ada.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["status", "end", "report"])
def test_outside_of_an_interview_it_is_one_line(capsys: Capture, name: str) -> None:
    ended = call(capsys, "session", name)
    assert ended.code == 2
    assert ended.err == "grader: .: is no interview; `grader session start` makes one, or name its folder\n"


@pytest.mark.parametrize("name", sorted(command.commands))
def test_every_part_has_an_example(capsys: Capture, name: str) -> None:
    assert "Example:" in call(capsys, "session", name, "--help").out


def test_a_line_about_a_result_can_always_be_written() -> None:
    broken = untranslated("\ud800")
    check = CheckResult("values", broken, Verdict.WRONG_ANSWER, 0, 3, case=broken, message=broken)
    result = Result("", "q", broken, "implement", Verdict.WRONG_ANSWER, 0, 3, 0.1, [check])
    event = checked(Submission("", "q", "q.py", "x"), msgspec.structs.replace(result), 1, "q.py", "0" * 64)
    assert msgspec.json.encode(msgspec.structs.replace(event, failing=None))
