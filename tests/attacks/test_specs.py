"""A bank may come from anybody: looking at it costs nothing, and what it makes run is confined."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.grading import driver
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank, built_in_root
from grader.sandbox import Level, doctor
from grader.sandbox.policy import lacking
from tests.cli.terminal import ROOT

from . import suite
from .specs import QUESTION, REFERENCE, Bomb, bombs, rename

BOMBS = bombs()
LOOKING = [bomb for bomb in BOMBS if "Shows" in bomb.header]
RUNNING = [bomb for bomb in BOMBS if "Grades" in bomb.header]
SECONDS = 30  # for a command that takes a quarter of one
MEGABYTES = 700  # of data, for commands that take 60


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def run(bank: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that looks at the bank, with little memory and little time."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments, "--bank", str(bank)],
        cwd=ROOT,
        env=os.environ | {"GRADER_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=SECONDS * 4,
        preexec_fn=_limit,
    )


def made(bomb: Bomb, folder: Path) -> Path:
    """A copy of the bank of the attacks, broken; skips where this user can't make it."""
    shutil.copytree(suite.BANK, folder / "bank")
    (folder / "outside").mkdir()
    try:
        bomb.build(folder / "bank")
    except PermissionError:
        pytest.skip(f"this user can't make it: {bomb.header.get('Needs', 'nothing was said of that')}")
    return folder / "bank"


@pytest.fixture
def bank(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return made(request.param, tmp_path)


@pytest.mark.parametrize(
    ("bank", "bomb"), [(bomb, bomb) for bomb in LOOKING], ids=[bomb.name for bomb in LOOKING], indirect=["bank"]
)
def test_looking_at_it_costs_nothing_and_is_one_line(bank: Path, bomb: Bomb) -> None:
    code, words = bomb.expected("Shows")
    shown = run(bank, "show", QUESTION)
    assert (str(shown.returncode), words in shown.stderr) == (code, True), shown.stderr
    require_clean(shown, lines=0 if code == "0" else 1)

    code, words = bomb.expected("Lists")
    listed = run(bank, "list")
    assert (str(listed.returncode), words in listed.stderr) == (code, True), listed.stderr
    require_clean(listed, lines=5)
    if code == "0" and built_in_root():
        assert "causal-attention" in listed.stdout  # the others are as always
    assert list((bank.parent / "outside").iterdir()) == []


def require_clean(ended: subprocess.CompletedProcess[str], lines: int) -> None:
    said = ended.stderr.splitlines()
    assert len(said) <= lines
    assert all(line.startswith("grader: ") and line.isprintable() and len(line) < 1000 for line in said)
    assert "Traceback" not in ended.stderr
    assert "internal error" not in ended.stderr
    assert "root:x:0:0" not in ended.stdout + ended.stderr
    assert "\x1b" not in ended.stdout


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A bank for each bomb that goes off when something is graded; its question has the bomb's name."""
    found = {bomb.name: made(bomb, tmp_path_factory.mktemp(bomb.name)) for bomb in RUNNING}
    for name, folder in found.items():
        rename(folder, name.replace("_", "-"))
    return found


@pytest.fixture(scope="module")
def grader(banks: dict[str, Path]) -> Iterator[Grader]:
    if layer := lacking(Level.STRICT, {report.name for report in doctor.examine() if report.works}):
        pytest.skip(f"this machine has no layer '{layer}'")
    with (
        Grader(Bank.open(list(banks.values())), Settings(device="cpu")) as opened,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(driver, "LOAD_SECONDS", 1.0)  # a file's own top level has ten
        yield opened


@pytest.mark.parametrize("bomb", RUNNING, ids=[bomb.name for bomb in RUNNING])
def test_what_it_makes_run_is_confined_and_never_the_candidates_fault(
    grader: Grader, banks: dict[str, Path], bomb: Bomb
) -> None:
    question = bomb.name.replace("_", "-")
    right = (suite.BANK / REFERENCE).read_text()
    result = grader.grade(Submission("ada", question, f"{question}.py", right))
    verdict, words = bomb.expected("Grades")
    said = " ".join(
        [result.message.en if result.message else "", *(check.message.en for check in result.checks if check.message)]
    )
    assert (str(result.verdict), words in said) == (verdict, True), said
    assert "canary" not in msgspec.json.encode(msgspec.structs.replace(result, source="")).decode()
    assert list((banks[bomb.name].parent / "outside").iterdir()) == []


def test_there_are_at_least_eight_and_each_is_tried() -> None:
    assert len(BOMBS) >= 8
    assert set(BOMBS) == set(LOOKING) | set(RUNNING)
