"""Whatever lies in a folder of submissions, the honest ones are graded as if it were not there."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import grader.batch.folder
from grader.grading.grader import Grader, Settings
from grader.intake.finding import Ignored
from grader.question.bank import Bank
from grader.report.candidate_page import write_candidate_page
from grader.report.index_page import summarise, write_index
from grader.sandbox import Level, doctor
from grader.sandbox.policy import lacking
from grader.text import Text
from tests.cli.terminal import Ended, call
from tests.report import samples
from tests.report.pages import Page

from . import suite
from .deliveries import QUESTION, REFERENCE, Delivery, deliveries, put

if sys.platform != "linux":
    pytest.skip("the sandbox's layers are Linux's", allow_module_level=True)

DELIVERIES = deliveries()
SEED = 7
RIGHT = suite.BANK / "solutions" / "attacks" / QUESTION / "reference.py"
WRONG = suite.BANK / "solutions" / "attacks" / QUESTION / "wrong_answer" / "not_scaled.py"
HONEST = {"ada": RIGHT, "zoe": WRONG}
Word = tuple[str, str]  # an element, and one of its attributes or nothing
Vocabulary = set[Word]
_VARIES = ("seconds", "megabytes")
_MAX_LINES = 60  # on the terminal, beside one for each candidate


class _Shared:
    """One real grader for all the runs, since its zygote takes seconds to start."""

    def __init__(self, real: Grader) -> None:
        self._real = real
        self.grade, self.run = real.grade, real.run

    def __enter__(self) -> _Shared:
        return self

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Desk:
    """Where folders are graded."""

    folder: Path
    canary: str

    def grade(self, capsys: pytest.CaptureFixture[str], name: str) -> Ended:
        options = ["--bank", self.folder / "bank", "--seed", str(SEED), "--jobs", "2", "--lang", "en"]
        return call(capsys, "grade", self.folder / name, "--out", self.folder / f"report-{name}", *options)

    def records(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / f"report-{name}" / "results.json").read_text())
        return found

    def honest(self, name: str) -> dict[str, dict[str, Any]]:
        """What the honest candidates got, without what differs from run to run."""
        rows = [row for row in self.records(name)["results"] if row["candidate"] in HONEST]
        assert len(rows) == len(HONEST)
        return {row["candidate"]: {k: v for k, v in row.items() if k not in _VARIES} for row in rows}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A bank with a canary, a folder outside of everything, and a real sandbox."""
    if layer := lacking(Level.STRICT, {report.name for report in doctor.examine() if report.works}):
        pytest.skip(f"this machine has no layer '{layer}'")
    folder = tmp_path_factory.mktemp("deliveries")
    canary = f"canary-{secrets.token_hex(12)}"
    shutil.copytree(suite.BANK, folder / "bank")
    reference = folder / REFERENCE
    reference.write_text(f"# {canary}\n{reference.read_text()}")
    (folder / "outside").mkdir()
    with (
        Grader(Bank.open([folder / "bank"]), Settings(device="cpu", seed=SEED)) as real,
        pytest.MonkeyPatch.context() as m,
    ):
        m.setattr(grader.batch.folder, "Grader", lambda bank, settings: _Shared(real))
        m.setenv("GRADER_LANG", "en")
        m.chdir(folder / "outside")
        yield Desk(folder, canary)


@pytest.fixture(scope="module")
def undisturbed(desk: Desk) -> dict[str, dict[str, Any]]:
    """What the honest candidates get where nobody else handed anything in."""
    root = _with_honest(desk.folder / "undisturbed")
    with pytest.raises(SystemExit) as ended:
        options = ["--bank", desk.folder / "bank", "--seed", SEED, "--out", desk.folder / "report-undisturbed"]
        grader.cli.main(["grade", str(root), *map(str, options)], prog_name="grader")
    assert ended.value.code == 1
    return desk.honest("undisturbed")


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """Every element of the templates, and each attribute that it may have."""
    out = tmp_path_factory.mktemp("vocabulary")
    everything = samples.everything("Ada")
    ignored = [Ignored(who, "file", Text("reason", "原因")) for who in ("", "Ada")]
    rows = [summarise("Ada", everything), summarise("Ben", everything[:1])]
    index = write_index(out, samples.RUN, rows, "en", {"Ben": ["other"]}, ignored)
    pages = [index, write_candidate_page(out, samples.RUN, "Ada", everything, "en")]
    pages.append(write_candidate_page(out, samples.RUN, "Ben", [], "en"))
    return set[Word]().union(*(_words(Page.read(path)) for path in pages))


def _words(page: Page) -> Vocabulary:
    return {(tag, name) for tag, attributes in page.vocabulary() for name in ("", *attributes)}


def _with_honest(root: Path) -> Path:
    for candidate, answer in HONEST.items():
        put(root, candidate, answer.read_bytes())
    return root


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda delivery: delivery.name)
def test_the_honest_are_graded_as_if_nothing_else_were_there(
    desk: Desk,
    undisturbed: dict[str, dict[str, Any]],
    vocabulary: Vocabulary,
    capsys: pytest.CaptureFixture[str],
    delivery: Delivery,
) -> None:
    root = _with_honest(desk.folder / delivery.name)
    try:
        delivery.build(root)
    except PermissionError:
        pytest.skip(f"this user can't make it: {delivery.header.get('Needs', 'nothing was said of that')}")
    report = desk.folder / f"report-{delivery.name}"
    before = _tree(desk.folder, report)

    ended = desk.grade(capsys, delivery.name)

    assert ended.code == 1  # zoe's answer is wrong; nothing failed
    assert desk.honest(delivery.name) == undisturbed
    assert _tree(desk.folder, report) == before
    _require_clean_terminal(ended, len(desk.records(delivery.name)["results"]))
    shown = _require_clean_report(report, _candidates(root), vocabulary)
    for words in delivery.says:
        assert words in shown
    everything = ended.out + ended.err + "".join(path.read_text() for path in _files(report))
    assert desk.canary not in everything
    assert "root:x:0:0" not in everything


def _tree(folder: Path, report: Path) -> dict[str, tuple[object, ...]]:
    """What lies beside the report: kinds, sizes, times, and where links lead."""
    found: dict[str, tuple[object, ...]] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) != report]
        for name in [*folders, *files]:
            path = os.path.join(place, name)
            status = os.lstat(path)
            link = os.readlink(path) if os.path.islink(path) else ""
            found[path] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_nlink, link)
    del found[str(folder / "undisturbed")]  # made last before the first of these tests
    return found


def _files(report: Path) -> list[Path]:
    return [path for path in report.rglob("*") if path.is_file()]


def _require_clean_terminal(ended: Ended, results: int) -> None:
    lines = (ended.out + ended.err).splitlines()
    assert all(line.isprintable() for line in lines)
    assert all(line.startswith("grader: ") for line in ended.err.splitlines())
    assert "Traceback" not in ended.err
    assert "internal error" not in ended.err
    assert len(lines) <= results + _MAX_LINES


def _candidates(root: Path) -> int:
    """How many folders of candidates there are; one that holds a report is none."""
    with os.scandir(root) as entries:
        folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."]
    return sum(os.access(path, os.R_OK) and not os.path.exists(f"{path}/results.jsonl") for path in folders)


def _require_clean_report(report: Path, candidates: int, vocabulary: Vocabulary) -> str:
    """Only the grader's files, only the templates' elements, one page for each candidate; returns what is shown."""
    records = json.loads((report / "results.json").read_text())
    assert {path.name for path in report.iterdir()} == {
        ".lock",
        "candidates",
        "index.html",
        "results.json",
        "results.jsonl",
    }
    assert len({row["candidate"] for row in records["results"]} | set(records["missing"])) == candidates
    pages = list((report / "candidates").iterdir())
    assert len(pages) == candidates
    assert "grader_error" not in {row["verdict"] for row in records["results"]}
    keys = [(row["candidate"], row["question"]) for row in records["results"]]
    assert len(keys) == len(set(keys))
    texts = []
    for path in [report / "index.html", *pages]:
        assert path.stat().st_size < 2_000_000
        page = Page.read(path)
        assert sorted(_words(page) - vocabulary) == []
        assert not page.comments
        texts.append("".join(page.texts))
    return "\n".join(texts)


def test_there_are_at_least_twelve_and_each_says_what_it_is_after() -> None:
    assert len(DELIVERIES) >= 12
    assert all(delivery.header["Tries"] and delivery.header["Must"] for delivery in DELIVERIES)
