"""Every figure that is promised, from one run. `python benchmarks/run.py --help`; README.md says how to read it.

A benchmark measures and does not judge: the exit code is 0 whether or not the targets are met.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import batches
import commands
import inside
import table
from measure import IMPORT_TORCH, Failed, timed


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rounds: int  # of commands beside `import torch`
    saves: int  # of a watched file
    rate_rounds: int
    rate: int  # submissions of a round
    pytest_files: int  # of a round, and as many again without the device test
    sizes: tuple[int, ...]  # submissions
    banks: tuple[int, ...]  # questions
    questions: tuple[int, ...]  # of which each gets a submission
    phases: int  # submissions


FULL = Size(7, 15, 3, 300, 4, (10, 100, 300, 1000), (10, 100, 1000), (10, 100), 100)
QUICK = Size(1, 3, 1, 30, 2, (10, 40), (10, 100), (5,), 20)


def main() -> None:
    """Measure, print the tables, and write everything as JSON where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smoke run: small, and too noisy to quote")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured")
    parser.add_argument("--only", action="append", metavar="PART", choices=PARTS, help="may be repeated")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    found = measure(size, options.only or list(PARTS))
    for line in table.text(found):
        print(line)
    if options.json:
        found["figures"] = [figure.record() for figure in table.figures(found)]
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def measure(size: Size, wanted: list[str]) -> dict[str, Any]:
    """Each part in turn; one that fails says why, and the others go on."""
    found: dict[str, Any] = {"machine": _machine(size), "quick": size is QUICK}
    with tempfile.TemporaryDirectory(prefix="benchmark-") as temporary:
        for part, run in PARTS.items():
            if part not in wanted:
                found[part] = {"failed": ""}  # it was not asked for
                continue
            begun = time.monotonic()
            folder = Path(temporary, part)
            folder.mkdir()
            found[part] = _or_reason(partial(run, size, folder))
            print(f"measured {part} in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    found["machine"]["load"].append(os.getloadavg()[0])
    return found


def _or_reason(run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return run()
    except (Failed, OSError) as error:
        return {"failed": str(error)}


def _rates(size: Size, folder: Path) -> dict[str, Any]:
    return batches.rates(folder, size.rate, size.pytest_files, size.rate_rounds)


PARTS: dict[str, Callable[[Size, Path], dict[str, Any]]] = {
    "terminal": lambda size, folder: commands.at_the_terminal(folder, size.rounds),
    "watch": lambda size, folder: commands.watching(folder, size.saves),
    "rates": _rates,
    "growth": lambda size, folder: batches.growth(folder, size.sizes),
    "banks": lambda size, folder: batches.banks(folder, size.banks),
    "questions": lambda size, folder: batches.questions(folder, size.questions),
    "steps": lambda size, folder: inside.where_time_goes(folder, size.phases),
    "memory": lambda size, folder: inside.memory_of_children(folder, size.phases),
}


def _machine(size: Size) -> dict[str, Any]:
    units = [timed(IMPORT_TORCH) for _ in range(3)][1:]  # the first one fills the cache of files
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gigabytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9,
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "torch": version("torch"),
        "user": "root" if os.geteuid() == 0 else "not root",
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "load": [os.getloadavg()[0]],
        "import_torch": {
            "seconds": min(unit.wall for unit in units),
            "cpu_seconds": min(unit.cpu for unit in units),
        },
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
