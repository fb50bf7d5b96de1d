"""Standard streams that are closed, full, left by their reader, or know only ASCII."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, WITH_FAKE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ada" / "causal-attention.py"
    path.parent.mkdir()
    path.write_text("x = 1\n")
    return path


def shell(redirection: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command line with a fake grader, its streams redirected by a shell."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", WITH_FAKE, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"GRADER_LANG": "en", "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        timeout=120,
    )


def commands(file: Path) -> list[list[str | Path]]:
    report = ["--out", file.parents[1] / "report"]
    return [
        ["list"],
        ["check", file],
        ["check", file, "--format", "json"],
        ["grade", file.parents[1], *report],
        ["grade", file.parents[1], *report, "--format", "json"],
    ]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_exit_code(file: Path, number: int, closed: str) -> None:
    done = shell(closed, *commands(file)[number])
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("number", range(5))
def test_a_full_disk_under_stdout_is_one_sentence(file: Path, number: int) -> None:
    done = shell(">/dev/full", *commands(file)[number])
    assert done.returncode == 3
    assert done.stderr.decode() == (
        "grader: stdout can't be written: No space left on device; send it elsewhere and run the command again\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_stderr_changes_no_exit_code() -> None:
    assert shell("2>/dev/full", "show", "no-such-question").returncode == 2


@pytest.mark.parametrize("arguments", [["list"], ["--help"], ["list", "--help"], ["show", "causal-attention"]])
def test_a_reader_that_went_away_is_no_verdict(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-m", "grader", *arguments], cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, timeout=60
        )
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_json_is_utf_8_in_every_locale(file: Path) -> None:
    (file.parent / "causal-atention.py").write_text("x = 1\n")
    done = shell("", *commands(file)[4], GRADER_LANG="zh", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "是不是" in json.loads(done.stdout.decode("utf-8"))["ignored"][0]["reason"]


def test_ctrl_c_while_the_command_line_is_imported_is_no_traceback() -> None:
    script = (
        "import sys, grader.__main__\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, *others):\n"
        "        if name == 'grader.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "grader.__main__.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (130, b"grader: interrupted\n")
