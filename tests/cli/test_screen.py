"""The screen of `check --watch`."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cli.columns import width
from grader.cli.draw import Line
from grader.cli.screen import changed, fit, picture, plain
from grader.result import CheckResult, Result
from grader.text import Text, untranslated
from grader.verdict import Verdict
from tests.cli.terminal import ROOT, WITH_FAKE
from tests.cli.test_check import FAILED, HOSTILE, PASSED, SKIPPED, result

FOOT = [Line("run 3; watching softmax.py; Ctrl-C ends")]


def texts(drawn: Result, before: Result | None = None, columns: int = 80, rows: int = 24) -> list[str]:
    return [line.text for line in fit(picture(drawn, before, "en"), FOOT, columns, rows)]


def test_a_screen_has_verdict_change_and_first_failure_with_the_mistake_before_the_message() -> None:
    before = result(msgspec.structs.replace(PASSED, points=1), points=3)
    assert texts(result(PASSED, FAILED, SKIPPED), before) == [
        "softmax: Softmax",
        "✗ wrong answer, 1 of 6 points, 0.0213 s",
        "since the last run: -2 points",
        "",
        "✗ 0/3  Values  wrong answer",
        "    case: one row (N = 1)",
        "    Your result is what comes out when nothing is scaled.",
        "    Look at 3.2.",
        "    `output` at [0] is 2; expected 1.",
        "",
        "✓ 1/1  Shape",
        "– 0/2  Gradients  skipped",
        "",
        "run 3; watching softmax.py; Ctrl-C ends",
    ]


def test_only_the_first_failure_has_its_reasons() -> None:
    second = msgspec.structs.replace(FAILED, name="more", title=untranslated("More"), message=untranslated("unseen"))
    lines = texts(result(FAILED, second))
    assert "✗ 0/3  More  wrong answer" in lines
    assert not any("unseen" in line for line in lines)


def test_an_accepted_answer_shows_all_its_checks() -> None:
    lines = texts(result(PASSED, verdict=Verdict.ACCEPTED))
    assert lines[1:5] == ["✓ accepted, 1 of 6 points, 0.0213 s", "", "✓ 1/1  Shape", ""]


def test_a_file_that_could_not_be_run_shows_why_and_no_checks() -> None:
    syntax = result(
        msgspec.structs.replace(SKIPPED, line=4, message=untranslated("bad")),
        verdict=Verdict.RUNTIME_ERROR,
        message=untranslated("not Python in line 4: bad"),
    )
    assert texts(syntax)[2:] == ["not Python in line 4: bad", "", FOOT[0].text]
    elsewhere = msgspec.structs.replace(syntax, message=untranslated("it raises"))
    assert texts(elsewhere)[2:4] == ["it raises", "    line 4"]


def test_what_was_printed_is_shown_where_there_is_room() -> None:
    drawn = result(PASSED, output="".join(f"line {number}\n" for number in range(50)))
    assert texts(drawn)[-4:-2] == ["    line 48", "    line 49"]
    assert "It printed:" not in texts(drawn, rows=12)


# --- fitting ---


def many(count: int) -> list[CheckResult]:
    return [
        msgspec.structs.replace(SKIPPED, name=f"c{number}", title=untranslated(f"Check {number}"))
        for number in range(count)
    ]


def test_many_checks_stand_beside_each_other() -> None:
    lines = texts(result(PASSED, FAILED, *many(12)), rows=20)
    assert lines[9:12] == [
        "✓ Shape   – Check 0   – Check 1   – Check 2   – Check 3   – Check 4   – Check 5",
        "– Check 6   – Check 7   – Check 8   – Check 9   – Check 10   – Check 11",
        "",
    ]


def test_a_small_terminal_keeps_verdict_failure_and_mistake() -> None:
    lines = texts(result(PASSED, FAILED, *many(12)), result(FAILED), columns=40, rows=8)
    assert lines == [
        "softmax: Softmax",
        "✗ wrong answer, 1 of 6 points, 0.0213 s",
        "since the last run: now pass: Shape",
        "✗ 0/3  Values  wrong answer",
        "    case: one row (N = 1)",
        "    Your result is what comes out when",
        "… (`grader check` without --watch shows",
        "run 3; watching softmax.py; Ctrl-C ends",
    ]


DRAWN = [
    result(PASSED, verdict=Verdict.ACCEPTED),
    result(PASSED, FAILED, SKIPPED, output="printed\n" * 40),
    result(PASSED, FAILED, *many(30)),
    result(SKIPPED, message=untranslated("a reason that goes on and on " * 20)),
    result(msgspec.structs.replace(FAILED, message=Text("long " * 200, "很长" * 200), trace="  f()\n" * 50)),
]


@given(st.sampled_from(DRAWN), st.sampled_from([None, *DRAWN]), st.integers(1, 130), st.integers(1, 60), st.booleans())
def test_a_screen_always_fits(drawn: Result, before: Result | None, columns: int, rows: int, chinese: bool) -> None:
    shown = fit(picture(drawn, before, "zh" if chinese else "en"), FOOT, columns, rows)
    assert len(shown) <= rows
    if columns > 1:  # a Chinese letter needs two
        assert max(width(line.text) for line in shown) <= columns
    assert any(line.text.startswith("run"[:columns]) for line in shown)


# --- what changed ---


def test_changes_are_points_and_checks_in_both_languages() -> None:
    before, now = result(PASSED, FAILED, points=1), result(PASSED, verdict_of(FAILED, Verdict.ACCEPTED), points=4)
    assert changed(before, now, "en") == "since the last run: +3 points; now pass: Values"
    assert changed(now, before, "en") == "since the last run: -3 points; no longer pass: Values"
    assert changed(before, now, "zh") == "与上次相比：+3 分；现已通过：数值"
    assert changed(before, before, "en") == "the same checks pass as in the last run"
    assert changed(before, msgspec.structs.replace(before, points=2), "en") == "since the last run: +1 point"


def verdict_of(check: CheckResult, verdict: Verdict) -> CheckResult:
    return msgspec.structs.replace(check, verdict=verdict)


def test_many_changes_are_counted() -> None:
    passing = [verdict_of(check, Verdict.ACCEPTED) for check in many(7)]
    told = changed(result(*many(7)), result(*passing), "en")
    assert told == "since the last run: now pass: Check 0, Check 1, Check 2, Check 3 and 3 more"
    assert changed(result(*many(7)), result(*passing), "zh").endswith("Check 3等 7 项")


def test_nothing_of_a_submission_reaches_the_screen_raw() -> None:
    text = untranslated(HOSTILE)
    bad = CheckResult("a", text, Verdict.RUNTIME_ERROR, 0, 1, case=text, message=text, line=1, trace=HOSTILE)
    good = msgspec.structs.replace(bad, verdict=Verdict.ACCEPTED)
    drawn = picture(result(bad, title=text, output=HOSTILE, message=text), result(good, points=0), "en")
    for lines in (plain(drawn), [line.text for line in fit(drawn, FOOT, 80, 24)]):
        assert not set("".join(lines)) & set("\x1b\x07\x9b\u202e\u2066\x08\r\x00")


# --- on a terminal ---

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")


class Terminal:
    """A watch on a pseudo-terminal, with the fake grader."""

    def __init__(self, file: Path, *options: str) -> None:
        self._mine, theirs = os.openpty()
        os.set_blocking(self._mine, False)
        self.process = subprocess.Popen(
            [sys.executable, "-c", WITH_FAKE, "check", file.name, "--watch", *options],
            cwd=file.parent,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ
            | {"PYTHONPATH": str(ROOT), "GRADER_LANG": "en", "TERM": "xterm", "COLUMNS": "70", "LINES": "20"},
            start_new_session=True,
        )
        os.close(theirs)
        self._text = ""

    def screen(self, *words: str) -> str:
        """The last screen, once it has these words; fails when that takes too long."""
        deadline = time.monotonic() + 30
        while not all(word in self._last() for word in words):
            assert time.monotonic() < deadline, self._last()
            if select.select([self._mine], [], [], 0.1)[0]:
                self._text += os.read(self._mine, 65536).decode()
        return self._last()

    def _last(self) -> str:
        return re.sub("\x1b\\[[0-9;]*m", "", self._text.rpartition("\x1b[2J")[2])

    def interrupt(self) -> int:
        """Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(30)
        os.close(self._mine)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "causal-attention.py"
    path.write_text("# wrong_answer\n")
    return path


@linux
def test_a_terminal_shows_one_screen_at_a_time(file: Path) -> None:
    with Terminal(file) as terminal:
        assert terminal.screen("wrong answer", "run 1;").count("causal-attention:") == 1
        file.write_text("x = 1\n")
        shown = terminal.screen("accepted", "since the last run: +3 points; now pass: values", "run 2;")
        assert "wrong answer" not in shown
        assert len(shown.splitlines()) < 20

        file.write_bytes(b"\0")
        assert "accepted" not in terminal.screen("is binary", "run 3;")
        away = file.rename(file.with_name("away"))
        terminal.screen("is binary", "is gone")
        away.rename(file)
        terminal.screen("is binary", "run 3;")
        file.write_text("# wrong_answer\nx = 2\n")
        terminal.screen("-3 points", "run 4;")
        assert terminal.interrupt() == 1


@linux
def test_a_terminal_says_what_was_not_recorded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_DATA", str(file))
    with Terminal(file) as terminal:
        terminal.screen("wrong answer", "not recorded: ", "is no folder", "run 1;")
        assert terminal.interrupt() == 1


@linux
def test_json_is_not_cleared_away(file: Path) -> None:
    with Terminal(file, "--format", "json") as terminal:
        assert '"verdict":"wrong_answer"' in terminal.screen('"schema_version"', "watching")
        assert terminal.interrupt() == 1
