"""What `phases.py` found, per submission: where the time goes, and what memory a child has of its own."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

import material
from measure import Failed, environment

SCRIPT = Path(__file__).parent / "phases.py"
ORDER = ("read the file", "ask for a child", "fork and enter", "examine", "load", "drive", "decode", "judge")


def _phases(what: str, root: Path, out: Path) -> dict[str, Any]:
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, str(SCRIPT), what, str(root), str(out)]
    done = subprocess.run(command, env=environment(), capture_output=True)
    if done.returncode != 0:
        raise Failed(f"phases.py {what}: {done.stderr[-1500:].decode(errors='replace').strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def where_time_goes(folder: Path, size: int) -> dict[str, Any]:
    """Milliseconds per submission of each step, and seconds of what a run needs once."""
    found = _phases("time", material.submissions(folder / "phases", size), folder / "report")
    steps, marks = found["steps"], found["marks"]
    count = steps["whole"]["times"]
    per = {name: _milliseconds(sums, count) for name, sums in steps.items()}
    whole = per.pop("whole")
    inner = [row for name, row in per.items() if name not in ("read the file", "journal")]
    per["rest of the judge"] = {key: whole[key] - sum(row[key] for row in inner) for key in ("wall", "judge")}
    references = per.pop("references")["judge"]
    threads = references + sum(row.get("judge", 0.0) for row in per.values())
    process = 1000 * (marks["judge ended"] - marks["judge begun"]) / count
    per["dispatcher of the sandbox"] = {"judge": process - threads}
    zygote = 1000 * (marks["zygote ended"] - marks["zygote begun"]) / count
    per["zygote: fork and reap"] = {"zygote": zygote}
    rows = [{"step": name, **row} for name, row in sorted(per.items(), key=lambda item: _place(item[0]))]
    return {"submissions": count, "steps": rows, "once_seconds": found["once"]}


def _milliseconds(sums: dict[str, float], count: int) -> dict[str, float]:
    return {key: 1000 * sums[key] / count for key in ("wall", "judge", "child")}


def _place(name: str) -> int:
    """Steps in the order of their happening; what is not in the list keeps its order behind."""
    return next((number for number, start in enumerate(ORDER) if name.startswith(start)), len(ORDER))


def memory_of_children(folder: Path, size: int) -> dict[str, Any]:
    """Private megabytes of the children that grade: at their hello, at their end, and what the grader counts."""
    if os.geteuid() != 0:
        raise Failed("only root may read the memory of confined processes")
    found = _phases("memory", material.submissions(folder / "memory", size), folder / "report")
    rows = {key: [child[key] for child in found["memory"]] for key in ("at_hello", "at_end", "counted")}
    return {
        "children": len(found["memory"]),
        **{key: {"median": statistics.median(values), "largest": max(values)} for key, values in rows.items()},
    }
