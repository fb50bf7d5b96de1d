"""Grading folders: every result is kept, runs are continued, interruptions lose nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.batch.folder import SEED_BITS, Assignment, grade_folder
from grader.batch.interrupts import Interrupts
from grader.batch.journal import PREVIOUS, Journal
from grader.batch.outcome import BatchOutcome
from grader.errors import BrokenGrader, SpecError, UsageError
from grader.grading.grader import Settings
from grader.verdict import Verdict
from tests.fakes import FakeBank, FakeGrader, wait_for

ROOT = Path(__file__).parents[2]


def put(root: Path, **files: str) -> Path:
    """Files by candidate and question: `put(root, ada_softmax="x = 1")`."""
    for name, source in files.items():
        candidate, question = name.split("_", 1)
        (root / candidate).mkdir(parents=True, exist_ok=True)
        (root / candidate / f"{question.replace('_', '-')}.py").write_text(source)
    return root


class Bench:
    """Grades one folder into one report, again and again, with fake graders."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "submissions"
        self.out = folder / "report"
        self.bank = FakeBank("softmax", "layer-norm", concepts=["cost"])
        self.last: FakeGrader | None = None
        self.versions: dict[str, str] | None = None

    def grade(self, *, jobs: int = 2, seed: int | None = None, fresh: bool = False, **named: Any) -> BatchOutcome:
        plan = Assignment(self.root, self.out, jobs, seed, fresh)
        settings = named.pop("settings", Settings())
        bank: Any = self.bank
        return grade_folder(plan, bank, settings, lambda s: f"again --seed {s}", make_grader=self._make, **named)

    def _make(self, bank: Any, settings: Settings) -> FakeGrader:
        self.last = FakeGrader(bank, settings, self.versions)
        return self.last

    @property
    def graded(self) -> list[tuple[str, str]]:
        """What the last run graded."""
        assert self.last is not None
        return sorted(self.last.graded)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The results in results.jsonl."""
        return [json.loads(line) for line in (self.out / "results.jsonl").read_text().splitlines()][1:]

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "results.json").read_text())
        return found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    put(bench.root, ada_softmax="x = 1", ada_layer_norm="# wrong_answer", bob_softmax="x = 2")
    return bench


# --- a whole run ---


def test_a_run_writes_every_result_and_a_page_for_each_candidate(bench: Bench) -> None:
    outcome = bench.grade()
    assert [(each.candidate, each.accepted, each.points, each.max_points) for each in outcome.standings] == [
        ("ada", 1, 3, 6),
        ("bob", 1, 3, 3),
    ]
    assert len(bench.lines) == 3
    assert len(list((bench.out / "candidates").iterdir())) == 2
    assert outcome.index.read_text()
    assert bench.report["missing"] == {"bob": ["layer-norm"]}
    assert bench.report["command"] == f"again --seed {outcome.run.seed}"


def test_no_submission_may_see_the_others_or_the_report(bench: Bench) -> None:
    bench.grade()
    assert bench.last and {bench.root, bench.out} <= set(bench.last.settings.hidden)


def test_exit_codes_say_all_accepted_not_all_or_a_failure_of_ours(bench: Bench) -> None:
    put(bench.root, ada_layer_norm="x = 3")
    assert bench.grade().exit_code == 0
    put(bench.root, ada_layer_norm="# time_limit_exceeded")
    assert bench.grade().exit_code == 1
    put(bench.root, ada_layer_norm="# grader_error")
    assert bench.grade().exit_code == 3


def test_a_file_that_could_not_be_graded_is_no_full_success(bench: Bench) -> None:
    put(bench.root, ada_layer_norm="x = 3", bob_unknown="x = 4")
    assert bench.grade().exit_code == 1
    assert [each["file"] for each in bench.report["ignored"]] == [os.path.join("bob", "unknown.py")]


def test_unreadable_submissions_are_results_with_a_reason(bench: Bench) -> None:
    (bench.root / "bob" / "softmax.py").write_bytes(b"\0\1\2")
    (bench.root / "bob" / "layer-norm.py").symlink_to("/etc/passwd")
    bench.grade()
    messages = {each["question"]: each["message"] for each in bench.report["results"] if each["candidate"] == "bob"}
    assert "binary" in messages["softmax"]
    assert "symbolic link" in messages["layer-norm"]


def test_a_bug_of_the_grader_is_a_result_and_ends_nothing(bench: Bench) -> None:
    put(bench.root, ada_softmax="# bug")
    outcome = bench.grade(jobs=1)
    assert outcome.exit_code == 3
    verdicts = {(each["candidate"], each["question"]): each["verdict"] for each in bench.lines}
    assert verdicts[("ada", "softmax")] == "grader_error"
    assert len(verdicts) == 3


def test_every_run_draws_a_fresh_seed_and_takes_a_given_one(bench: Bench) -> None:
    first = bench.grade().run.seed
    assert 0 <= first < 2**SEED_BITS
    assert bench.grade(fresh=True).run.seed != first
    assert bench.grade(fresh=True, seed=7).run.seed == 7
    assert bench.last is not None and bench.last.settings.seed == 7


def test_progress_counts_to_the_end(bench: Bench) -> None:
    seen: list[tuple[int, int]] = []
    bench.grade(progress=lambda done, total: seen.append((done, total)))
    assert (seen[0], seen[-1]) == ((0, 3), (3, 3))


# --- continuing ---


def test_a_second_run_grades_nothing_again(bench: Bench) -> None:
    first = bench.grade()
    second = bench.grade()
    assert bench.graded == []
    assert second.counts.reused == 3
    assert second.run.seed == first.run.seed
    assert second.standings == first.standings
    assert len(bench.lines) == 3


def test_only_what_changed_is_graded_again(bench: Bench) -> None:
    bench.grade()
    put(bench.root, bob_softmax="# runtime_error")
    outcome = bench.grade()
    assert bench.graded == [("bob", "softmax")]
    assert outcome.standings[1].verdict is Verdict.RUNTIME_ERROR


def test_a_changed_question_is_graded_again(bench: Bench) -> None:
    bench.grade()
    bench.bank["softmax"].content_hash = "another"
    bench.grade()
    assert bench.graded == [("ada", "softmax"), ("bob", "softmax")]


def test_a_file_that_became_readable_is_graded(bench: Bench) -> None:
    (bench.root / "bob" / "softmax.py").write_bytes(b"\0")
    bench.grade()
    put(bench.root, bob_softmax="x = 2")
    bench.grade()
    assert bench.graded == [("bob", "softmax")]


def test_failures_of_the_grader_are_tried_again(bench: Bench) -> None:
    put(bench.root, bob_softmax="# grader_error")
    bench.grade()
    bench.grade()
    assert bench.graded == [("bob", "softmax")]


def test_results_of_submissions_that_are_gone_are_kept(bench: Bench) -> None:
    bench.grade()
    (bench.root / "bob" / "softmax.py").unlink()
    outcome = bench.grade()
    assert outcome.kept == 1
    assert [each.candidate for each in outcome.standings] == ["ada", "bob"]


def test_a_torn_last_line_is_dropped_and_its_submission_graded_again(bench: Bench) -> None:
    bench.grade(jobs=1)
    path = bench.out / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    outcome = bench.grade()
    assert (len(bench.graded), outcome.damaged) == (1, 0)
    assert len(bench.lines) == 3


def test_a_torn_header_begins_a_new_run(bench: Bench) -> None:
    bench.grade()
    path = bench.out / "results.jsonl"
    path.write_bytes(path.read_bytes()[:30])
    bench.grade()
    assert len(bench.graded) == 3


def test_a_damaged_line_is_counted_and_its_submission_graded_again(bench: Bench) -> None:
    bench.grade(jobs=1)
    path = bench.out / "results.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[1] = b"\0" * len(lines[1])
    path.write_bytes(b"\n".join(lines))
    outcome = bench.grade()
    assert (len(bench.graded), outcome.damaged) == (1, 1)
    assert len(outcome.standings) == 2


def test_fresh_puts_earlier_results_aside(bench: Bench) -> None:
    bench.grade()
    before = (bench.out / "results.jsonl").read_bytes()
    bench.grade(fresh=True)
    assert len(bench.graded) == 3
    assert (bench.out / PREVIOUS).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda bench: bench.grade(seed=8), "the seed 7, not 8"),
        (lambda bench: bench.grade(settings=Settings(isolation="none")), "another isolation"),  # type: ignore[arg-type]
        (lambda bench: _with_versions(bench), "another versions"),
    ],
)
def test_results_that_came_about_otherwise_are_not_mixed(
    bench: Bench, change: Callable[[Bench], BatchOutcome], words: str
) -> None:
    bench.grade(seed=7)
    before = (bench.out / "results.jsonl").read_bytes()
    with pytest.raises(UsageError, match=words) as caught:
        change(bench)
    assert "--fresh" in str(caught.value)
    assert (bench.out / "results.jsonl").read_bytes() == before


def _with_versions(bench: Bench) -> BatchOutcome:
    bench.versions = {"grader": "0.1.0", "python": "3.11", "torch": "2.7"}
    return bench.grade()


def test_another_format_is_refused(bench: Bench) -> None:
    bench.out.mkdir()
    (bench.out / "results.jsonl").write_text('{"format":99}\n')
    with pytest.raises(UsageError, match="another version of the grader"):
        bench.grade()


# --- folders that can't be used ---


def test_two_graders_on_one_report_are_refused(bench: Bench) -> None:
    with Journal(bench.out), pytest.raises(UsageError, match="another grader is writing"):
        bench.grade()
    bench.grade()


def test_a_report_folder_that_is_something_else_is_refused(bench: Bench) -> None:
    bench.out.mkdir()
    (bench.out / "index.html").write_text("my own page")
    with pytest.raises(UsageError, match=r"holds index\.html"):
        bench.grade()
    assert (bench.out / "index.html").read_text() == "my own page"


def test_a_report_in_place_of_a_file_is_refused(bench: Bench) -> None:
    bench.out.write_text("a file")
    with pytest.raises(UsageError, match="can't be written there"):
        bench.grade()


def test_a_report_on_top_of_the_submissions_is_refused(bench: Bench) -> None:
    bench.out = bench.root
    with pytest.raises(UsageError, match="can't go into"):
        bench.grade()
    assert sorted(path.name for path in bench.root.iterdir()) == ["ada", "bob"]


def test_a_report_beside_the_candidates_is_no_candidate(bench: Bench) -> None:
    bench.out = bench.root / "report"
    bench.grade()
    assert [each.candidate for each in bench.grade().standings] == ["ada", "bob"]


@pytest.mark.parametrize(("files", "words"), [({}, "holds no submissions"), ({"softmax.py": "x"}, "move it to")])
def test_a_folder_without_submissions_is_refused_and_no_report_made(
    tmp_path: Path, files: dict[str, str], words: str
) -> None:
    bench = Bench(tmp_path)
    bench.root.mkdir()
    for name, text in files.items():
        (bench.root / name).write_text(text)
    with pytest.raises(UsageError, match=words):
        bench.grade()
    assert not bench.out.exists()


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        Bench(tmp_path).grade()


def test_a_damaged_question_stops_before_anything_is_graded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(entry: object) -> str:
        raise SpecError("question.yaml:3:1: unknown key")

    monkeypatch.setattr(type(bench.bank["softmax"]), "suffix", property(damaged), raising=False)
    with pytest.raises(SpecError, match="unknown key"):
        bench.grade()


def test_a_full_disk_ends_the_run_with_one_sentence_and_keeps_what_is_there(bench: Bench) -> None:
    bench.grade(jobs=1)
    put(bench.root, carl_softmax="x = 9", dora_softmax="x = 9")
    size = (bench.out / "results.jsonl").stat().st_size
    write = Journal._write

    def full(journal: Journal, line: bytes) -> int:
        real = journal._file
        journal._file = _FullDisk(real)  # type: ignore[assignment]
        try:
            return write(journal, line)
        finally:
            journal._file = real

    with pytest.MonkeyPatch.context() as patch, pytest.raises(BrokenGrader, match="No space left") as caught:
        patch.setattr(Journal, "_write", full)
        bench.grade()
    assert "the 3 results in it are kept" in str(caught.value)
    assert (bench.out / "results.jsonl").stat().st_size == size
    assert bench.grade().counts.graded == 2


class _FullDisk:
    """Takes ten bytes and then no more."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._room = 10

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken: int = self._file.write(data[: self._room])
        self._room -= taken
        return taken

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


# --- interruptions ---

SCRIPT = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from grader.batch.folder import Assignment, grade_folder
    from grader.grading.grader import Settings
    from tests.fakes import FakeBank, FakeGrader

    folder = Path(sys.argv[1])
    plan = Assignment(folder / "submissions", folder / "report", jobs=2)
    outcome = grade_folder(plan, FakeBank("softmax", "layer-norm"), Settings(), str, make_grader=FakeGrader)
    print(outcome.counts.graded, outcome.counts.unfinished)
    sys.exit(outcome.exit_code)
    """
)


def start(bench: Bench) -> subprocess.Popen[str]:
    """A run in a process of its own, as soon as its first results are there."""
    command = [sys.executable, "-c", SCRIPT, str(bench.root.parent)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (bench.out / "results.jsonl").exists() and len(bench.lines) >= 2)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_a_report_and_is_continued(bench: Bench, number: signal.Signals) -> None:
    put(bench.root, bob_layer_norm="# sleep 60", carl_softmax="# sleep 60", dora_softmax="x = 5")
    process = start(bench)
    wait_for(lambda: len(bench.lines) == 3)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (128 + number, "3 3\n", "")
    assert len(bench.report["results"]) == 3
    assert "3 submissions are not graded yet" in bench.report["ignored"][0]["reason"]
    assert "carl" not in bench.report["missing"] or "softmax" not in bench.report["missing"]["carl"]

    put(bench.root, bob_layer_norm="x = 6", carl_softmax="x = 7")
    outcome = bench.grade()
    assert bench.graded == [("bob", "layer-norm"), ("carl", "softmax"), ("dora", "softmax")]
    assert (outcome.counts.reused, outcome.exit_code) == (3, 1)


def test_a_killed_run_is_continued(bench: Bench) -> None:
    put(bench.root, bob_layer_norm="# sleep 60", carl_softmax="# sleep 60")
    process = start(bench)
    process.kill()
    process.communicate()
    put(bench.root, bob_layer_norm="x = 6", carl_softmax="x = 7")
    outcome = bench.grade()
    assert outcome.counts.reused >= 2
    assert len(outcome.standings) == 3


# --- size ---


def test_memory_does_not_grow_with_the_number_of_submissions(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    filler = "x = 1  # " + "long " * 4000  # 20 kB, so that keeping sources or results would show
    bench.bank = FakeBank(*(f"question-{number}" for number in range(10)))
    for number in range(1000):
        put(bench.root, **{f"c{number // 10:03}_question_{number % 10}": filler})
    tracemalloc.start()
    try:
        outcome = bench.grade(jobs=4)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome.counts.graded == 1000
    assert peak < 12_000_000  # the sources alone are 20 MB


def test_pages_that_cannot_be_written_say_that_the_results_are_kept(bench: Bench) -> None:
    bench.grade()
    shutil.rmtree(bench.out / "candidates")
    (bench.out / "candidates").write_text("in the way")
    with pytest.raises(UsageError, match=r"the 3 results in .*results\.jsonl are kept, and the same command goes on"):
        bench.grade()
    (bench.out / "candidates").unlink()
    assert bench.grade().counts.reused == 3


def test_what_was_known_before_is_not_left_to_do_after_an_early_interrupt(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.grade()
    put(bench.root, zoe_softmax="x = 9")
    enter = Interrupts.__enter__

    def interrupted(interrupts: Interrupts) -> Interrupts:
        interrupts.signal = signal.SIGINT
        return enter(interrupts)

    monkeypatch.setattr(Interrupts, "__enter__", interrupted)
    counts = bench.grade().counts
    assert (counts.reused, counts.unfinished) == (3, 1)
