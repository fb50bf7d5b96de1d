"""`grader check`."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import sys
from pathlib import Path

import msgspec
import pytest

import grader.grading.grader
from grader.cli.draw import draw, show_result
from grader.result import CheckResult, MistakeName, Result
from grader.text import Text, untranslated
from grader.verdict import Verdict
from tests.cli.terminal import Process, call, no_offspring
from tests.fakes import FakeGrader, wait_for

real = pytest.mark.skipif(
    sys.platform != "linux" or importlib.util.find_spec("torch") is None, reason="needs Linux and torch"
)

RIGHT = """
import torch
def causal_attention(q, k, v):
    T = q.shape[-2]
    scores = q @ k.mT / q.shape[-1] ** 0.5
    hidden = torch.ones(T, T, dtype=torch.bool, device=q.device).triu(1)
    return scores.masked_fill(hidden, -torch.inf).softmax(-1) @ v
"""


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grader.grading, "Grader", FakeGrader)
    monkeypatch.setenv("GRADER_LANG", "en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "causal-attention.py"
    path.write_text("x = 1\n")
    return path


# --- what is drawn ---


def result(*checks: CheckResult, verdict: Verdict = Verdict.WRONG_ANSWER, **more: object) -> Result:
    whole = Result("", "softmax", Text("Softmax", "归一化"), "implement", verdict, 1, 6, 0.0213, list(checks))
    return msgspec.structs.replace(whole, **more)  # type: ignore[arg-type]


def drawing(drawn: Result, language: str = "en", ascii_only: bool = False) -> list[str]:
    return [line.text for line in draw(drawn, "zh" if language == "zh" else "en", ascii_only)]


PASSED = CheckResult("shape", Text("Shape", "形状"), Verdict.ACCEPTED, 1, 1)
FAILED = CheckResult(
    "values",
    Text("Values", "数值"),
    Verdict.WRONG_ANSWER,
    0,
    3,
    case=untranslated("one row (N = 1)"),
    message=untranslated("`output` at [0] is 2; expected 1."),
    mistake=MistakeName("no_scale", Text("nothing is scaled", "没有缩放"), Text("Look at 3.2.", "参看 3.2。")),
)
SKIPPED = CheckResult("gradients", Text("Gradients", "梯度"), Verdict.SKIPPED, 0, 2)


def test_a_drawing_says_verdict_points_and_why() -> None:
    assert drawing(result(PASSED, FAILED, SKIPPED)) == [
        "softmax: Softmax",
        "✗ wrong answer, 1 of 6 points, 0.0213 s",
        "",
        "✓ 1/1  Shape",
        "✗ 0/3  Values  wrong answer",
        "    case: one row (N = 1)",
        "    `output` at [0] is 2; expected 1.",
        "    Your result is what comes out when nothing is scaled.",
        "    Look at 3.2.",
        "– 0/2  Gradients  skipped",
    ]


def test_a_drawing_speaks_chinese() -> None:
    lines = drawing(result(FAILED), "zh")
    assert lines[0] == "softmax: 归一化"
    assert "    用例：one row (N = 1)" in lines
    assert any("没有缩放" in line for line in lines)


def test_a_drawing_for_a_terminal_that_knows_only_ascii() -> None:
    lines = drawing(result(PASSED, FAILED, SKIPPED), ascii_only=True)
    assert [line[:1] for line in lines if "/" in line] == ["+", "x", "-"]


def test_where_it_raised_is_shown_with_the_lines_of_the_submission() -> None:
    raised = msgspec.structs.replace(FAILED, line=7, trace='line 7, in softmax\n  raise ValueError("no")')
    lines = drawing(result(raised))
    assert "    line 7" in lines
    assert '          raise ValueError("no")' in lines


def test_long_output_is_cut_to_its_end() -> None:
    lines = drawing(result(output="".join(f"{number}\n" for number in range(100)) + "y" * 1000))
    assert "    … 71 earlier lines" in lines
    assert lines[-1] == "    " + "y" * 500 + " …"


def test_a_part_that_is_left_to_a_human_is_no_failure() -> None:
    manual = CheckResult("part e", untranslated("part e"), Verdict.SKIPPED, 0, 4, manual=True)
    lines = drawing(result(manual, manual_points=4))
    assert "? part e  (left to a human)" in lines
    assert "and up to 4 by hand" in lines[1]


HOSTILE = "\x1b[2J\x1b]0;title\x07 \x9b31m \u202eevil\u2066 \x08\r\x00"


def test_nothing_of_a_submission_reaches_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    text = untranslated(HOSTILE)
    check = CheckResult("a", text, Verdict.RUNTIME_ERROR, 0, 1, case=text, message=text, line=1, trace=HOSTILE)
    show_result(result(check, message=text, title=text, output=HOSTILE), "en")
    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x07\x9b\u202e\u2066\x08\r\x00")
    assert "⟨U+001B⟩[2J" in out
    assert "⟨U+202E⟩evil" in out


class Terminal(io.StringIO):
    """Looks like a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_markup_of_rich_in_a_submission_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    show_result(result(FAILED, output="[bold]x[/bold] [link=file:///etc/passwd]y[/link]"), "en")
    assert "[bold]x[/bold] [link=file:///etc/passwd]y[/link]" in terminal.getvalue()
    assert "\x1b[" in terminal.getvalue()


# --- the command, with a fake grader ---


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("source", "code"),
    [("x = 1", 0), ("# wrong_answer", 1), ("# time_limit_exceeded", 1), ("# rule_violation", 1)],
)
def test_the_exit_code_tells_the_verdict(
    capsys: pytest.CaptureFixture[str], file: Path, source: str, code: int
) -> None:
    file.write_text(source)
    ended = call(capsys, "check", file)
    assert (ended.code, ended.err) == (code, "")
    assert "causal-attention" in ended.out
    assert "\x1b" not in ended.out


@pytest.mark.usefixtures("fake")
def test_json_carries_a_schema_version_and_the_command_that_replays(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    found = json.loads(call(capsys, "check", file, "--format", "json", "--seed", "5").out)
    assert found["schema_version"] == 1
    assert found["run"]["seed"] == 5
    assert found["run"]["command"].startswith(f"grader check {file} --question causal-attention --seed 5")
    assert found["result"]["verdict"] == "accepted"


@pytest.mark.usefixtures("fake")
def test_the_question_may_be_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "attempt 2.py"
    path.write_text("x = 1")
    assert call(capsys, "check", path, "--question", "causal-attention").code == 0


@pytest.mark.usefixtures("fake")
def test_the_user_may_name_a_link(capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path) -> None:
    link = tmp_path / "deep" / "causal-attention.py"
    link.parent.mkdir()
    link.symlink_to(file)
    assert call(capsys, "check", link).code == 0


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("causal-attention.py", None, "there is no such file"),
        ("causal-attention.py", b"\0\1", "is binary"),
        ("causal-attention.py", b"", "is empty"),
        ("causal-attention.py", b"#" * 2_000_000, "is too large"),
        ("causal-attention.yaml", b"answers: {}", "is answered in causal-attention.py"),
        ("causal-atention.py", b"x = 1", "did you mean 'causal-attention'?"),
        ("causal-attention.ipynb", b"{}", "is not a notebook"),
    ],
)
def test_what_cannot_be_judged_is_one_line_on_stderr_and_exit_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ended = call(capsys, "check", path)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.usefixtures("fake")
def test_a_folder_and_a_pipe_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "causal-attention.py").mkdir()
    assert "is a folder" in call(capsys, "check", tmp_path / "causal-attention.py").err
    os.mkfifo(tmp_path / "super-resolution.py")
    assert "is a pipe" in call(capsys, "check", tmp_path / "super-resolution.py").err


def test_a_failure_of_the_grader_is_one_line_on_stderr_and_exit_3(
    capsys: pytest.CaptureFixture[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = result(verdict=Verdict.GRADER_ERROR, message=untranslated("the sandbox\nis gone"))
    monkeypatch.setattr(grader.grading, "Grader", FakeGrader)
    monkeypatch.setattr(FakeGrader, "grade", lambda self, submission: broken)
    ended = call(capsys, "check", file)
    assert (ended.code, ended.out, ended.err) == (3, "", "grader: the sandbox is gone\n")


# --- watching ---


def test_watching_checks_again_on_every_change_of_content(tmp_path: Path, file: Path) -> None:
    watch = Process(tmp_path, "check", file, "--watch")
    wait_for(lambda: watch.out.count("accepted") == 1)
    file.write_text("# wrong_answer\n")
    wait_for(lambda: watch.out.count("wrong answer") == 2)  # the headline and the check
    os.utime(file)  # touched, but not changed

    swap = tmp_path / "swap"  # as many editors save
    swap.write_text("# runtime_error\n")
    swap.replace(file)
    wait_for(lambda: "runtime error" in watch.out)

    file.unlink()
    wait_for(lambda: not file.exists())
    file.write_text("# wrong_answer\nx = 2\n")
    wait_for(lambda: watch.out.count("wrong answer") == 4)

    file.write_bytes(b"\0")
    wait_for(lambda: "is binary" in watch.err)
    file.write_text("# wrong_answer\nx = 3\n")
    wait_for(lambda: watch.out.count("wrong answer") == 6)
    assert watch.interrupt() == 1
    assert watch.out.count("causal-attention:") == 5
    assert "Traceback" not in watch.err


def test_watching_waits_without_using_the_processor(tmp_path: Path, file: Path) -> None:
    watch = Process(tmp_path, "check", file, "--watch")
    wait_for(lambda: "accepted" in watch.out)
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs Linux")
    before = _processor_ticks(watch.process.pid)
    with pytest.raises(AssertionError):
        wait_for(lambda: False, seconds=1.0)
    assert _processor_ticks(watch.process.pid) - before <= 5  # hundredths of a second
    assert watch.interrupt() == 0


def _processor_ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


# --- the real grader ---


@real
def test_a_right_and_a_wrong_answer_are_told_apart(tmp_path: Path, file: Path) -> None:
    file.write_text(RIGHT)
    right = Process(tmp_path, "check", file, fake=False)
    assert right.process.wait(120) == 0, right.err
    file.write_text(RIGHT.replace(" / q.shape[-1] ** 0.5", ""))
    wrong = Process(tmp_path, "check", file, fake=False)
    assert wrong.process.wait(120) == 1, wrong.err
    assert "not divided by the square root of D" in wrong.out
    assert no_offspring(wrong)


@real
def test_ctrl_c_while_code_runs_that_never_ends_leaves_no_process(tmp_path: Path, file: Path) -> None:
    file.write_text("while True:\n    pass\n")
    watch = Process(tmp_path, "check", file, "--watch", fake=False)
    wait_for(lambda: len(watch.offspring()) >= 2, seconds=60)  # the zygote and a child
    assert watch.interrupt() == 130
    assert no_offspring(watch)


def test_a_link_that_leads_nowhere_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    link = tmp_path / "causal-attention.py"
    link.symlink_to(tmp_path / "gone.py")
    ended = call(capsys, "check", link)
    assert (ended.code, ended.err) == (2, f"grader: {link}: is a link that leads nowhere; name the file itself\n")


def test_watching_says_that_the_file_is_gone_and_checks_it_when_it_comes_back(tmp_path: Path, file: Path) -> None:
    watching = Process(tmp_path, "check", file, "--watch")
    wait_for(lambda: watching.err.count("grader: watching") == 1)
    file.unlink()
    wait_for(lambda: "is gone" in watching.err)
    file.write_text("# wrong_answer\n")
    wait_for(lambda: watching.err.count("grader: watching") == 2)
    assert watching.interrupt() == 1
    assert watching.err.count("is gone") == 1
