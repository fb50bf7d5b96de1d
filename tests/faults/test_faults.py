"""Whatever happens to a run of `grader grade`, the same command again comes to what an undisturbed run comes to.

`make faults` does the same for longer, with larger batches.
"""

from __future__ import annotations

import os
import random
import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import Level, doctor
from grader.sandbox.policy import lacking
from tests.cli.terminal import call

from .storm import PATIENCE, SEED, STRIKES, Batch, Storm, alive, descendants, differences, is_child, results

if sys.platform != "linux":
    pytest.skip("what is struck is Linux's", allow_module_level=True)

NUMBER = 14  # submissions


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    if layer := lacking(Level.STRICT, {report.name for report in doctor.examine() if report.works}):
        pytest.skip(f"this machine has no layer '{layer}'")
    return Batch.make(tmp_path_factory.mktemp("batch"), NUMBER)


@pytest.fixture(scope="module")
def wanted(batch: Batch) -> dict[str, Any]:
    """What an undisturbed run gives."""
    return batch.undisturbed()


def finish(batch: Batch, report: Path, wanted: dict[str, Any]) -> None:
    """The same command, undisturbed."""
    with batch.start(report) as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1, said
    assert differences(report, wanted) == []


# --- struck from outside ---


def test_the_grader_or_its_zygote_is_killed_at_random_moments(
    batch: Batch, wanted: dict[str, Any], tmp_path: Path
) -> None:
    strikes = tuple(strike for strike in STRIKES if strike != "children")
    storm = Storm(batch, tmp_path / "report", random.Random(1), strikes, most=4, longest=3.0)
    assert storm.run() == [], storm.struck
    assert differences(storm.report, wanted) == [], storm.struck


def test_children_are_killed_at_random_moments(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    storm = Storm(batch, tmp_path / "report", random.Random(3), ("children",), most=1, longest=0.0)
    assert storm.run() == [], storm.struck
    assert differences(storm.report, wanted) == [], storm.struck


@pytest.mark.parametrize(("kills", "verdict"), [(1, "accepted"), (2, "memory_limit_exceeded")])
def test_who_is_killed_from_outside_has_one_more_try(batch: Batch, tmp_path: Path, kills: int, verdict: str) -> None:
    """Else a right answer would fail where another program takes the machine's memory."""
    slow = Batch.make(tmp_path, 1)
    path = next(slow.submissions.glob("*/*.py"))
    path.write_text(f"import time\ntime.sleep(2)\n{path.read_text()}")
    with slow.start(tmp_path / "report") as process:
        for _ in range(kills):
            os.kill(_long_child(process.pid), signal.SIGKILL)
        _, said = process.communicate(timeout=PATIENCE)
    assert [row["verdict"] for row in results(tmp_path / "report").values()] == [verdict], said


def _long_child(judge: int) -> int:
    """The first child that has run for a second: no reference does."""
    seen: dict[int, float] = {}
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for number in (number for number in descendants(judge) if is_child(number, judge) and alive(number)):
            if time.monotonic() - seen.setdefault(number, time.monotonic()) > 1.0:
                return number
        time.sleep(0.01)
    raise AssertionError("no child ran for a second")


def test_torn_pages_of_a_killed_run_are_removed(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "report"
    (report / "candidates").mkdir(parents=True)
    torn = [report / ".index.html.0123abcd", report / "candidates" / ".c000-0123456789abcdef.html.89abcdef"]
    for path in torn:
        path.write_text("<html>")
    copy_journal(batch, report)
    finish(batch, report, wanted)


def copy_journal(batch: Batch, report: Path) -> None:
    (report / "results.jsonl").write_bytes((batch.folder / "undisturbed" / "results.jsonl").read_bytes())


# --- disk ---


def in_mounts(script: str) -> subprocess.CompletedProcess[str]:
    """A shell that may mount, and whose mounts nobody else sees; skips where that is not allowed."""
    prefix = ["unshare", "--mount", "--propagation", "private", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*prefix, "true"], capture_output=True).returncode:
        pytest.skip("this user can't have mounts of its own")
    environment = os.environ | {"GRADER_LANG": "en"}
    return subprocess.run(
        [*prefix, "sh", "-c", script], capture_output=True, text=True, timeout=2 * PATIENCE, env=environment
    )


def graded_on(batch: Batch, tmp_path: Path, mount: str, mend: str) -> tuple[list[str], str, Path]:
    """Exit codes of a run on a bad file system and of one on the mended one, what they said, and the report."""
    report, copy = tmp_path / "report", tmp_path / "copy"
    report.mkdir()
    command = shlex.join(batch.command(report)) + " >/dev/null; echo code $?"
    lines = [mount.format(report), command, mend.format(report), command, f"cp -a {report}/. {copy}"]
    ended = in_mounts("\n".join(lines))
    codes = [line.removeprefix("code ") for line in ended.stdout.splitlines() if line.startswith("code ")]
    return codes, ended.stderr, copy


@pytest.mark.parametrize(("kilobytes", "code"), [(20, "3"), (260, "2")], ids=["results", "pages"])
def test_the_disk_is_full_under_the_report(
    batch: Batch, wanted: dict[str, Any], tmp_path: Path, kilobytes: int, code: str
) -> None:
    mount = f"mount -t tmpfs -o size={kilobytes}k tmpfs {{}}"
    codes, said, report = graded_on(batch, tmp_path, mount, "mount -o remount,size=50m {}")
    assert (codes, said.count("No space left on device")) == ([code, "1"], 1), said
    assert "results in it are kept" in said or "are kept, and the same command goes on" in said
    assert "Traceback" not in said
    assert differences(report, wanted) == []


def test_the_report_lies_on_a_read_only_file_system(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    mount = "mount -t tmpfs tmpfs {0}; mount -o remount,ro {0}"
    codes, said, report = graded_on(batch, tmp_path, mount, "mount -o remount,rw {}")
    assert codes == ["2", "1"], said
    assert "Read-only file system; choose another --out" in said
    assert "Traceback" not in said
    assert differences(report, wanted) == []


def test_files_may_not_grow(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    """The same as a full disk, for who can't mount one."""
    report = tmp_path / "report"
    with batch.start(report, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))) as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3, said
    assert "File too large" in said and len(said.splitlines()) == 1
    finish(batch, report, wanted)


# --- memory ---


def test_there_is_no_memory_for_a_zygote(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "report"
    with batch.start(report, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))) as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3, said
    assert len(said.splitlines()) == 1
    finish(batch, report, wanted)


def test_the_memory_of_the_grader_ends_in_the_middle(batch: Batch, wanted: dict[str, Any], tmp_path: Path) -> None:
    report = tmp_path / "report"
    with batch.start(report) as process:
        end = time.monotonic() + PATIENCE
        while _lines(report) < 4 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        size = int(Path(f"/proc/{process.pid}/statm").read_text().split()[0]) * resource.getpagesize()
        resource.prlimit(process.pid, resource.RLIMIT_AS, (size, size))
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode in (1, 2, 3), said
    finish(batch, report, wanted)


def _lines(report: Path) -> int:
    try:
        return (report / "results.jsonl").read_bytes().count(b"\n")
    except OSError:
        return 0


# --- time ---


def _backwards() -> Callable[[], float]:
    year = 365 * 86400.0
    chance, real = random.Random(4), time.time
    return lambda: real() + chance.uniform(-20 * year, 5 * year)


def test_the_clock_jumps(
    batch: Batch, wanted: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Backwards and forwards, at every look; and files come from the future."""
    report = tmp_path / "report"
    for number, path in enumerate(sorted(batch.submissions.glob("*/*.py"))):
        os.utime(path, (4e9, 4e9) if number % 2 else (0, 0))
    command = batch.command(report)[3:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", _backwards())
        for _ in range(2):
            assert call(capsys, *command).code == 1
    assert differences(report, wanted) == []
    assert str(SEED) in command
