"""The figures as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

UNIT = "import torch"
SUBMISSIONS_PER_TORCH, TIMES_PYTEST = 30, 30  # at least
CHECK, WATCH, START = 1.6, 0.1, 0.25  # of `import torch`, at most
CHILD_MEGABYTES = 40  # at most
GROWTH_KILOBYTES = 5  # per submission, at most: the judge keeps a name, a path and two hashes of each


@dataclass(frozen=True)
class Figure:
    """One figure that is promised."""

    name: str
    value: float
    target: float
    at_most: bool
    unit: str = ""
    note: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    def record(self) -> dict[str, Any]:
        kind = "at most" if self.at_most else "at least"
        return {"name": self.name, "value": self.value, kind: self.target, "met": self.met, "note": self.note}


def figures(found: dict[str, Any]) -> list[Figure]:
    """What is promised, of what was measured; a part that failed is left out."""
    return [figure for part, make in _MAKERS.items() if "failed" not in found[part] for figure in make(found[part])]


def _rate(rates: dict[str, Any]) -> Iterator[Figure]:
    each = rates["per_import_torch"]
    span = f"{each['lowest']:.1f} to {each['highest']:.1f}"
    name = f"grade: submissions per {UNIT}, {rates['submissions']} of them, start to report"
    yield Figure(name, each["median"], SUBMISSIONS_PER_TORCH, False, note=span)
    name = "grade: times the rate of a pytest process each"
    yield Figure(name, rates["times_pytest"], TIMES_PYTEST, False, "x", f"by CPU {rates['times_pytest_cpu']:.0f} x")
    without = rates["times_pytest_without_device"]
    yield Figure("  the same, pytest without its device test", without, TIMES_PYTEST, False, "x")


def _growth(growth: dict[str, Any]) -> Iterator[Figure]:
    last, marginal, memory = growth["rows"][-1], growth["marginal"], growth["memory"]
    name = f"grade: submissions per {UNIT}, {last['submissions']} of them, start to report"
    yield Figure(name, last["submissions"] / last["import_torches"], SUBMISSIONS_PER_TORCH, False)
    note = f"{marginal['milliseconds']:.1f} ms each, {marginal['cpu_milliseconds']:.1f} ms of CPU"
    name = f"  each further one, from {marginal['between'][0]} to {marginal['between'][1]}"
    yield Figure(name, marginal["per_import_torch"], SUBMISSIONS_PER_TORCH, False, note=note)
    note = f"peak {memory['peak_megabytes']:.0f} MB"
    name = "judge: growth of memory per submission"
    yield Figure(name, memory["kilobytes_per_submission"], GROWTH_KILOBYTES, True, "kB", note)


def _terminal(found: dict[str, Any]) -> Iterator[Figure]:
    for name, target in (("check", CHECK), ("list", START), ("help", START)):
        row = found[name]
        span = f"{row['ratio_lowest']:.2f} to {row['ratio_highest']:.2f}"
        note = f"{row['seconds']:.2f} s; {span}; by CPU {row['cpu_ratio']:.2f}"
        shown = {"help": "--help", "check": "check, cold"}.get(name, name)
        yield Figure(shown, row["ratio"], target, True, "x", note)


def _watch(found: dict[str, Any]) -> Iterator[Figure]:
    note = f"{1000 * found['seconds']:.0f} ms; {1000 * found['lowest']:.0f} to {1000 * found['highest']:.0f}"
    yield Figure("check --watch, save to verdict", found["ratio"], WATCH, True, "x", note)


def _memory(found: dict[str, Any]) -> Iterator[Figure]:
    medians = f"median {found['at_end']['median']:.1f}, at hello {found['at_hello']['median']:.1f}"
    note = f"largest of {found['children']}; {medians}"
    yield Figure("child: private memory", found["at_end"]["largest"], CHILD_MEGABYTES, True, "MB", note)


_MAKERS = {"rates": _rate, "growth": _growth, "terminal": _terminal, "watch": _watch, "memory": _memory}


# --- text ---


def text(found: dict[str, Any]) -> Iterator[str]:
    """Everything, line by line."""
    yield from _machine(found["machine"])
    yield ""
    yield from columns(["figure", "measured", "target", "", ""], [_cells(figure) for figure in figures(found)])
    for title, part, make in _TABLES:
        if "failed" not in found[part]:
            yield f"\n{title}"
            yield from make(found[part])
    for part, value in found.items():
        if isinstance(value, dict) and value.get("failed"):
            yield f"\nnot measured: {part}: {value['failed']}"


def _machine(machine: dict[str, Any]) -> Iterator[str]:
    yield f"{machine['cores']} cores, {machine['processor']}, {machine['memory_gigabytes']:.0f} GB; {machine['kernel']}"
    load = " to ".join(f"{value:.1f}" for value in machine["load"])
    yield f"Python {machine['python']}, torch {machine['torch']}; load of the machine {load}"
    yield f"{UNIT}: {machine['import_torch']['seconds']:.2f} s, {machine['import_torch']['cpu_seconds']:.2f} s of CPU"


def _cells(figure: Figure) -> list[str]:
    sign, unit = "<=" if figure.at_most else ">=", f" {figure.unit}" if figure.unit else ""
    target = f"{sign} {figure.target:g}{unit}"
    return [figure.name, f"{figure.value:.3g}{unit}", target, "met" if figure.met else "NOT MET", figure.note]


def _steps(found: dict[str, Any]) -> Iterator[str]:
    keys = ("wall", "judge", "child", "zygote")
    rows = [[row["step"], *(_number(row.get(key)) for key in keys)] for row in found["steps"]]
    sums = [_number(sum(row.get(key, 0.0) for row in found["steps"])) for key in keys]
    head = ["step, ms per submission", "clock", "CPU judge", "CPU child", "CPU zygote"]
    yield from columns(head, [*rows, ["sum", *sums]])
    yield from (f"once: {name}: {seconds:.2f} s" for name, seconds in found["once_seconds"].items())


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _grown(found: dict[str, Any]) -> Iterator[str]:
    yield from _sizes("submissions", found["rows"])
    yield "\nMemory of the judge (resident, MB) while it grades"
    curve = found["memory"]["curve"]
    yield from columns(["graded", *(str(n) for n, _ in curve)], [["MB", *(f"{mb:.1f}" for _, mb in curve)]])


def _sizes(what: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    cells = [
        [str(r[what]), f"{r['seconds']:.2f}", f"{r['cpu_seconds']:.2f}", f"{r['import_torches']:.2f}"] for r in rows
    ]
    yield from columns([what, "s", "s of CPU", f"/ {UNIT}"], cells)


def _listed(found: dict[str, Any]) -> Iterator[str]:
    yield from _sizes("questions", found["rows"])


def _graded(found: dict[str, Any]) -> Iterator[str]:
    yield from _sizes("questions", [row["grade"] for row in found["rows"]])


_TABLES = (
    ("Where the time goes: grade with one job", "steps", _steps),
    ("grade: more submissions", "growth", _grown),
    ("list: more questions in the bank", "banks", _listed),
    ("grade: the same few submissions, more questions in the bank", "banks", _graded),
    ("grade: one submission to each of more questions", "questions", _listed),
)


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Aligned cells: the first column to the left, the others as wide as they need."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
