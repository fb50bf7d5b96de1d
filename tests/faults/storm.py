"""A batch of `grader grade` that is struck at random moments, and started again until it is done.

What has to come out is what an undisturbed run with the same seed gives: one result for each submission, the same
verdict, points and checks, no process that still runs, and no file that is not the report's.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
BANK = REPOSITORY / "tests" / "attacks" / "bank"
QUESTION = "row-weights"
SOLUTIONS = BANK / "solutions" / "attacks" / QUESTION
SEED = 11
PATIENCE = 120.0  # seconds for one run of the grader
GRACE = 10.0  # seconds for what a killed grader has left
REPORT = {".lock", "candidates", "index.html", "results.json", "results.jsonl"}
_APART = 4  # results between two children that are killed
STRIKES = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP", "zygote", "children")

_VARIES = ("seconds", "megabytes")
_CRASHES = (
    "def row_weights(x, w):\n    raise ValueError(x.shape)\n",
    "import os\n\n\ndef row_weights(x, w):\n    os._exit(3)\n",
    "import os\n\n\ndef row_weights(x, w):\n    os.abort()\n",
    "raise SystemExit\n",
    "def row_weights(x, w)\n",
    "import torch\n\n\ndef row_weights(x, w):\n    return torch.softmax(x @ w, 0)\n",
)


@dataclass(frozen=True)
class Batch:
    """A folder of submissions, and where its reports go."""

    folder: Path

    @property
    def submissions(self) -> Path:
        return self.folder / "submissions"

    @classmethod
    def make(cls, folder: Path, number: int) -> Batch:
        """Many right answers, some wrong ones, and some that end their process."""
        batch = cls(folder)
        right = [(SOLUTIONS / name).read_text() for name in ("reference.py", "accepted/loop.py", "accepted/einsum.py")]
        sources = [*right, (SOLUTIONS / "wrong_answer/not_scaled.py").read_text(), *right, *_CRASHES]
        for n in range(number):
            place = batch.submissions / f"c{n:03}"
            place.mkdir(parents=True)
            (place / f"{QUESTION}.py").write_text(f"# {n}\n{sources[n % len(sources)]}")
        return batch

    def command(self, report: Path, *options: str) -> list[str]:
        words = [
            sys.executable,
            "-m",
            "grader",
            "grade",
            str(self.submissions),
            "--out",
            str(report),
            "--device",
            "cpu",
        ]
        return [*words, "--bank", str(BANK), "--seed", str(SEED), "--jobs", "2", *options]

    def start(self, report: Path, **named: Any) -> subprocess.Popen[str]:
        environment = os.environ | {"GRADER_LANG": "en", "PYTHONPATH": str(REPOSITORY)}
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(self.command(report), env=environment, start_new_session=True, **(pipes | named))

    def undisturbed(self) -> dict[str, Any]:
        """What a run gives that nobody disturbs."""
        with self.start(self.folder / "undisturbed") as process:
            _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1, said
        found = results(self.folder / "undisturbed")
        assert len(found) == len(list(self.submissions.iterdir()))
        return found


def results(report: Path) -> dict[str, Any]:
    """By candidate, without what differs from run to run; each has to be there once."""
    rows = json.loads((report / "results.json").read_text())["results"]
    found = {row["candidate"]: {k: v for k, v in row.items() if k not in _VARIES} for row in rows}
    assert len(found) == len(rows)
    return found


def differences(report: Path, wanted: dict[str, Any]) -> list[str]:
    """What is not as in an undisturbed run."""
    found = results(report)
    wrong = [
        f"{name}: {_short(found.get(name))} instead of {_short(row)}"
        for name, row in wanted.items()
        if found.get(name) != row
    ]
    wrong += [f"{name}: nobody handed that in" for name in found.keys() - wanted.keys()]
    wrong += [f"a file is left: {name}" for name in sorted({path.name for path in report.iterdir()} - REPORT)]
    pages = [path.name for path in (report / "candidates").iterdir()]
    wrong += [f"a file is left: candidates/{name}" for name in pages if name.startswith(".")]
    if len(pages) != len(wanted):
        wrong.append(f"{len(pages)} pages for {len(wanted)} candidates")
    return wrong


def _short(row: dict[str, Any] | None) -> str:
    return "nothing" if row is None else f"{row['verdict']} ({row['points']} points, {row['message']})"


# --- striking ---


@dataclass
class Storm:
    """Strikes one report until the grader has come to its end undisturbed."""

    batch: Batch
    report: Path
    chance: random.Random
    strikes: tuple[str, ...] = STRIKES
    most: int = 8  # strikes, so that it ends
    longest: float = 4.0  # seconds until a strike
    struck: list[str] = field(default_factory=list)  # what happened, for who has to understand a failure

    def run(self) -> list[str]:
        """Everything that is not as it should be afterwards."""
        wrong: list[str] = []
        while len(self.struck) < self.most:
            process = self.batch.start(self.report)
            family = self._strike(process)
            wrong += self._ended(process, family)
            if wrong:
                return wrong
            if self.struck and self.struck[-1] == "too late":
                break
        return wrong + list(self._finish())

    def _strike(self, process: subprocess.Popen[str]) -> set[int]:
        """Returns the processes that ran when it was struck."""
        kind, after = self.chance.choice(self.strikes), self.chance.uniform(0.0, self.longest)
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        family = set(descendants(process.pid))
        if process.poll() is not None:
            self.struck.append("too late")
        elif kind == "zygote":
            self._kill(kind, after, [number for number in family if not is_child(number, process.pid)])
        elif kind == "children":
            self._kill_children(process, after)
        else:
            self.struck.append(f"{kind} after {after:.2f} s")
            process.send_signal(getattr(signal, kind))
        return family

    def _kill(self, kind: str, after: float, chosen: list[int]) -> None:
        number = self.chance.choice(sorted(chosen)) if chosen else 0
        self.struck.append(f"{kind} {number} after {after:.2f} s")
        if number:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def _kill_children(self, process: subprocess.Popen[str], after: float) -> None:
        """One now and then, until the grader has ended."""
        killed = 0
        while process.poll() is None:
            children = [number for number in descendants(process.pid) if is_child(number, process.pid)]
            if not children:
                time.sleep(0.002)
                continue
            time.sleep(self.chance.uniform(0.0, 0.05))  # before its hello, or while it runs the submission
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(children), signal.SIGKILL)
                killed += 1
            # Who is killed twice has nobody but itself to blame, so the next one is another submission's.
            graded = self._graded()
            within(PATIENCE, lambda graded=graded: self._graded() >= graded + _APART or process.poll() is not None)
        self.struck.append(f"{killed} children from {after:.2f} s on")

    def _graded(self) -> int:
        """Lines of results.jsonl."""
        try:
            return (self.report / "results.jsonl").read_bytes().count(b"\n")
        except OSError:
            return 0

    def _ended(self, process: subprocess.Popen[str], family: set[int]) -> Iterator[str]:
        try:
            _, said = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            yield f"it did not end after {self.struck[-1]}"
            return
        if "Traceback" in said or "internal error" in said:
            yield f"after {self.struck[-1]} it said {said[-2000:]}"
        if not within(GRACE, lambda: not any(alive(number) for number in family)):
            yield f"after {self.struck[-1]} processes are left: {[n for n in family if alive(n)]}"

    def _finish(self) -> Iterator[str]:
        """The same command until it has nothing more to do."""
        for _ in range(2):
            with self.batch.start(self.report) as process:
                _, said = process.communicate(timeout=PATIENCE)
            if process.returncode == 1:
                return
        yield f"it ended with {process.returncode} and said {said[-2000:]}"


def descendants(process: int) -> list[int]:
    """Of a process, by what the system says of each of its threads."""
    direct: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            direct += [int(number) for number in file.read_text().split()]
    return [number for child in direct for number in (child, *descendants(child))]


def alive(process: int) -> bool:
    """Whether it still runs; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def is_child(process: int, judge: int) -> bool:
    """Whether it is one that runs a submission: like the first of the zygote's processes it leads a session."""
    try:
        parent, _, session = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1:4]
        return int(session) == process and int(parent) != judge
    except OSError:
        return False


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether it becomes true within some time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def scattered() -> set[Path]:
    """Work dirs, which a zygote makes where it has no mounts of its own."""
    return set(Path("/tmp").glob("grader-????????"))


def fresh(path: Path) -> Path:
    """A folder that is not there yet."""
    shutil.rmtree(path, ignore_errors=True)
    return path
