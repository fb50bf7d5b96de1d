"""On a kernel that lacks something: what is refused, and what `doctor`, the report and the exit code say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.sandbox import Level, doctor
from grader.sandbox.policy import lacking

from . import suite

if sys.platform != "linux":
    pytest.skip("the sandbox's layers are Linux's", allow_module_level=True)

REPOSITORY = Path(__file__).resolve().parents[2]
MISSING = {
    "no user namespaces": (["namespaces"], {"namespaces", "mounts"}, "standard"),
    "no Landlock": (["landlock"], {"landlock"}, "standard"),
    "neither": (["namespaces", "landlock"], {"namespaces", "mounts", "landlock"}, "none"),
}
# Where Python itself lies is read beforehand: that needs a file of the real system.
_ON_MACOS = (
    "import sys, sysconfig; sysconfig.get_config_vars(); sys.platform = 'darwin'; "
    "from grader.__main__ import run; run()"
)

pytestmark = pytest.mark.skipif(
    lacking(Level.STRICT, {report.name for report in doctor.examine() if report.works}) is not None,
    reason="this machine lacks a layer itself",
)


def _run(missing: Sequence[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.attacks.poorer", ",".join(missing), sys.executable, "-m", "grader"]
    return _completed([*command, *arguments])


def _completed(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    for name, answer in (("ada", suite.RIGHT), ("bob", suite.WRONG)):
        path = tmp_path / "submissions" / name / "row-weights.py"
        path.parent.mkdir(parents=True)
        path.write_text(suite.plain(answer))
    return tmp_path / "submissions"


def _grade(missing: Sequence[str], submissions: Path, *more: str) -> subprocess.CompletedProcess[str]:
    report = submissions.parent / "report"
    return _run(
        missing, "--bank", str(suite.BANK), "grade", str(submissions), "--out", str(report), "--lang", "en", *more
    )


@pytest.mark.parametrize("level", MISSING)
def test_doctor_names_what_is_missing_and_the_level_that_is_left(level: str) -> None:
    lacks, layers, strongest = MISSING[level]
    done = _run(lacks, "doctor", "--lang", "en")
    assert done.returncode == 0
    missing = {line.split()[0] for line in done.stdout.splitlines() if " missing: " in line}
    assert missing - {"uid"} == layers
    assert done.stdout.rstrip().endswith(f"--isolation {strongest}")


@pytest.mark.parametrize("level", MISSING)
def test_strict_is_refused_in_one_sentence_that_names_the_level_that_is_left(level: str, submissions: Path) -> None:
    lacks, layers, strongest = MISSING[level]
    done = _grade(lacks, submissions)
    assert done.returncode == 3
    (said,) = [line for line in done.stderr.splitlines() if line.startswith("grader: the sandbox")]
    assert any(f"'{layer}'" in said for layer in layers)
    assert said.endswith(f"--isolation {strongest} goes on without it")


@pytest.mark.parametrize("level", MISSING)
def test_the_report_of_a_weaker_run_says_what_was_missing(level: str, submissions: Path) -> None:
    lacks, layers, strongest = MISSING[level]
    done = _grade(lacks, submissions, "--isolation", strongest)
    assert done.returncode == 1, "bob's answer is wrong, and nothing else is"
    pages = list((submissions.parent / "report").rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert all(layer in text for layer in layers), page.name


def test_standard_is_not_had_without_both() -> None:
    done = _run(["namespaces", "landlock"], *_check("--isolation", "standard"))
    assert done.returncode == 3
    assert "--isolation none" in done.stderr


def test_another_system_takes_no_strangers_code() -> None:
    done = _completed([sys.executable, "-c", _ON_MACOS, *_check("--isolation", "strict")])
    assert done.returncode == 3
    assert "needs Linux" in done.stderr and "--isolation none" in done.stderr


def _check(*options: str) -> list[str]:
    reference = suite.BANK / "solutions/attacks/row-weights/reference.py"
    return ["--bank", str(suite.BANK), "check", str(reference), "--question", suite.QUESTION, *options]
