"""Batches: the rate of `grade`, how its time and its memory grow, and one pytest process per submission."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import material
from measure import GRADER, IMPORT_TORCH, Failed, Timing, interleaved, timed

JOBS = 2
FEW = 20  # submissions, where something else is to grow
SAMPLES_PER_SECOND = 10  # of the judge's memory: each reads one small file
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Point:
    """The judge's memory at one moment of a run."""

    graded: int
    megabytes: float


def grade(root: Path, out: Path, *options: str) -> list[str]:
    """The command; strict isolation is its default, and named here so that nothing else can be measured."""
    return [*GRADER, "grade", str(root), "--out", str(out), "--isolation", "strict", "--jobs", str(JOBS), *options]


def graded(root: Path, out: Path, count: int, *options: str, beside: Callable[..., None] | None = None) -> Timing:
    """Grade afresh. Raises Failed unless all of `count` right submissions are accepted."""
    shutil.rmtree(out, ignore_errors=True)
    command = grade(root, out, *options)
    timing = timed(command) if beside is None else timed(command, beside=beside)
    results = json.loads((out / "results.json").read_bytes())["results"]
    accepted = sum(result["verdict"] == "accepted" for result in results)
    if (accepted, len(results)) != (count, count):
        raise Failed(f"of {count} right submissions {accepted} were accepted")
    return timing


# --- the rate, and pytest ---


def rates(folder: Path, size: int, files: int, rounds: int) -> dict[str, Any]:
    """`grade` on `size` submissions beside `import torch` and beside pytest on `files` of them."""
    root = material.submissions(folder / "rate", size)
    graded(root, folder / "report", size)  # warm
    tests = material.pytest_files(folder / "pytest", 2 * files * rounds)
    halves = iter(range(2 * rounds))

    def some() -> list[Path]:
        number = next(halves)
        return tests[number * files : (number + 1) * files]

    subjects: dict[str, Callable[[], Timing]] = {
        "grade": lambda: graded(root, folder / "report", size),
        "pytest": lambda: _pytest(some(), ()),
        "pytest_without_device": lambda: _pytest(some(), ("--deselect", "test_submission.py::test_device")),
    }
    ratios, _ = interleaved(subjects, rounds)
    found = {name: ratio.record() for name, ratio in ratios.items()}
    per_torch = [size / ratios["grade"].wall, size / ratios["grade"].highest, size / ratios["grade"].lowest]
    return {
        **found,
        "submissions": size,
        "pytest_files": files,
        "per_import_torch": {"median": per_torch[0], "lowest": per_torch[1], "highest": per_torch[2]},
        "times_pytest": _times(found, "pytest", size, files, "seconds"),
        "times_pytest_cpu": _times(found, "pytest", size, files, "cpu_seconds"),
        "times_pytest_without_device": _times(found, "pytest_without_device", size, files, "seconds"),
    }


def _times(found: dict[str, Any], name: str, size: int, files: int, key: str) -> float:
    """How many times the rate of pytest that of `grade` is: the median of the rounds."""
    column = 0 if key == "seconds" else 1
    pairs = zip(found["grade"]["rounds"], found[name]["rounds"], strict=True)
    return statistics.median((size / ours[column]) / (files / theirs[column]) for ours, theirs in pairs)


def _pytest(tests: Sequence[Path], options: Sequence[str]) -> Timing:
    """One pytest process per submission, as many at once as `grade` has jobs. Without plugins: they cost time."""
    command = ["env", "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", sys.executable, "-m", "pytest", "-q", *options]
    begun = time.perf_counter()
    with ThreadPoolExecutor(JOBS) as pool:
        each = list(pool.map(lambda test: timed([*command, test.name], test.parent), tests))
    wall = time.perf_counter() - begun
    return Timing(wall, sum(one.cpu for one in each), sum(one.faults for one in each), 0)


# --- growth ---


def growth(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """`grade` on more and more submissions; the judge's memory during the largest run."""
    rows, curve = [], list[Point]()
    for size in sizes:
        root, out = material.submissions(folder / f"of-{size}", size), folder / "report"
        curve = []
        before = timed(IMPORT_TORCH)
        timing = graded(root, out, size, beside=lambda process, out=out, curve=curve: _sample(process, out, curve))
        unit = (before.wall + timed(IMPORT_TORCH).wall) / 2
        rows.append(_row("submissions", size, timing, unit))
    small, large = rows[-2:]
    more = large["submissions"] - small["submissions"]
    marginal = {
        "between": [small["submissions"], large["submissions"]],
        "milliseconds": 1000 * (large["seconds"] - small["seconds"]) / more,
        "cpu_milliseconds": 1000 * (large["cpu_seconds"] - small["cpu_seconds"]) / more,
        "per_import_torch": more / (large["import_torches"] - small["import_torches"]),
    }
    return {"rows": rows, "marginal": marginal, "memory": _memory(curve, sizes[-1])}


def _row(what: str, size: int, timing: Timing, unit: float) -> dict[str, Any]:
    return {
        what: size,
        "seconds": timing.wall,
        "cpu_seconds": timing.cpu,
        "import_torches": timing.wall / unit,
    }


def _sample(process: subprocess.Popen[bytes], out: Path, curve: list[Point]) -> None:
    """Look at the judge until it ends: how many results are stored, and the memory that it has."""
    journal = out / "results.jsonl"
    position, lines = 0, -1  # the first line is a header
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if journal.exists():
            with journal.open("rb") as file:
                file.seek(position)
                new = file.read()
            position, lines = position + len(new), lines + new.count(b"\n")
        curve.append(Point(max(0, lines), _resident(process.pid)))
        time.sleep(1 / SAMPLES_PER_SECOND)


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 1e6
    except (OSError, IndexError):  # it has just ended
        return 0.0


def _memory(curve: Sequence[Point], total: int) -> dict[str, Any]:
    """The memory at each tenth of the run, and the growth from the second tenth to the end of grading."""
    points = [point for point in curve if point.megabytes]
    tenths = [_at(points, total * tenth // 10) for tenth in range(1, 11)]
    grown = tenths[-1].megabytes - tenths[1].megabytes
    return {
        "curve": [[point.graded, point.megabytes] for point in tenths],
        "peak_megabytes": max(point.megabytes for point in points),
        "grown_megabytes": grown,
        "kilobytes_per_submission": 1000 * grown / max(1, tenths[-1].graded - tenths[1].graded),
    }


def _at(points: Sequence[Point], graded: int) -> Point:
    """The first sample by which so many were graded."""
    return next((point for point in points if point.graded >= graded), points[-1])


def banks(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """`list`, and `grade` of a few submissions to one question, in larger and larger banks."""
    rows = []
    for size in sizes:
        bank = material.bank(folder / f"bank-{size}", size)
        root = material.answers_to_made(folder / f"answers-{size}", FEW, 1)
        listed, unit = timed([*GRADER, "list", "--bank", str(bank)]), timed(IMPORT_TORCH)
        row = _row("questions", size, listed, unit.wall)
        timing = graded(root, folder / "report", FEW, "--bank", str(bank))
        again = timed(IMPORT_TORCH)
        row["grade"] = _row("questions", size, timing, (unit.wall + again.wall) / 2)
        rows.append(row)
    return {"submissions": FEW, "rows": rows}


def questions(folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """`grade` of one submission to each of more and more questions: each costs a plan and a reference's run."""
    rows = []
    for size in sizes:
        bank = material.bank(folder / f"questions-{size}", size)
        root = material.answers_to_made(folder / f"one-each-{size}", size, size)
        unit = timed(IMPORT_TORCH)
        timing = graded(root, folder / "report", size, "--bank", str(bank))
        rows.append(_row("questions", size, timing, (unit.wall + timed(IMPORT_TORCH).wall) / 2))
    return {"rows": rows}
