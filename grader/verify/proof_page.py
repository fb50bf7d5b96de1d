"""The page of a folder of proofs: a table over the questions, and below it everything that was tried."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

from grader.pages import kit, short
from grader.verify.proof import Proof, Tried

TEMPLATES = Path(__file__).with_name("templates")
MAX_TEXT = 400  # characters of a message in a table; the JSON has it whole
LOW, HIGH = -4, 6  # powers of ten between which margins are drawn; those beyond lie on the edge
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Figures:
    """What is counted, of one question or of all."""

    solutions: int
    made: int  # mutants
    killed: int
    equivalent: int
    survived: int
    ran: int  # mutants with a wrong answer
    explained: int  # those of them with a name or a hint
    natural: int  # wrong answers that people really give
    named: int  # those of them that were called by their own name
    degenerate: int
    styles: int
    largest_error: float | None  # of a right answer, over what is allowed
    smallest_miss: float | None  # of a wrong one
    seconds: float


@dataclass(frozen=True)
class Dot:
    """One margin, or several at one place."""

    x: float  # from 0 to 100
    right: bool


@dataclass(frozen=True)
class View:
    """One question as the template shows it."""

    proof: Proof
    figures: Figures
    dots: Sequence[Dot]

    def group(self, name: str) -> list[Tried]:
        """What was tried of one kind."""
        return [one for one in self.proof.tried if one.group == name]


def figures_of(proof: Proof) -> Figures:
    """The figures of one question."""
    explained, ran = proof.explained
    named, natural = proof.named
    return Figures(
        solutions=len(proof.group("solution")),
        made=len(proof.group("mutant")),
        killed=proof.killed,
        equivalent=proof.equivalent,
        survived=len(proof.survivors),
        ran=ran,
        explained=explained,
        natural=natural,
        named=named,
        degenerate=len(proof.group("degenerate")),
        styles=len(proof.group("style")),
        largest_error=proof.largest_error,
        smallest_miss=proof.smallest_miss,
        seconds=proof.seconds,
    )


def total(rows: Sequence[Figures]) -> Figures:
    """The sums; of errors the largest, of misses the smallest."""
    errors = [row.largest_error for row in rows if row.largest_error is not None]
    misses = [row.smallest_miss for row in rows if row.smallest_miss is not None]
    counted = [name for name, kind in Figures.__annotations__.items() if kind == "int"]
    return Figures(
        **{name: sum(getattr(row, name) for row in rows) for name in counted},
        largest_error=max(errors, default=None),
        smallest_miss=min(misses, default=None),
        seconds=sum(row.seconds for row in rows),
    )


def write_proof_page(path: Path, proofs: Iterable[Proof], unproved: Sequence[str] = ()) -> Path:
    """Write the page and return its path; raises UsageError where that can't be done.

    unproved: ids of the bank's other questions, about which the page says nothing else.
    """
    views = [View(proof, figures_of(proof), list(_dots(proof.tried))) for proof in proofs]
    every = [one for view in views for one in view.proof.tried]
    return kit.write_page(
        path,
        _templates(),
        "proof.html.j2",
        "proof.js",
        views=views,
        clean=sum(not view.proof.problems for view in views),
        total=total([view.figures for view in views]),
        dots=list(_dots(every)),
        ticks=[(_place(10.0**power), _power(power)) for power in range(LOW, HIGH + 1, 2)],
        unproved=unproved,
    )


def _dots(tried: Iterable[Tried]) -> Iterable[Dot]:
    """Where margins lie. Many lie at one place, so each place comes once."""
    dots = {Dot(_place(one.margin), one.verdict == "accepted") for one in tried if _has_margin(one)}
    return sorted(dots, key=lambda dot: (dot.right, dot.x))


def _has_margin(one: Tried) -> bool:
    right = one.verdict == "accepted" and one.group in ("solution", "style")
    return one.margin is not None and (right or one.verdict == "wrong_answer")


def _place(margin: float | None) -> float:
    """On an axis from 0 to 100, by the logarithm."""
    power = math.log10(margin) if margin else LOW
    return round(100 * (min(max(power, LOW), HIGH) - LOW) / (HIGH - LOW), 1)


def _power(power: int) -> str:
    return f"10{str(power).translate(_RAISED)}" if power else "1"


def figure(value: float | None) -> str:
    """A number with three digits that count; a dash for none."""
    if value is None or not math.isfinite(value):
        return "–"
    if value and not 1e-4 <= abs(value) < 1e6:
        digits, _, power = f"{value:.1e}".partition("e")
        return f"{digits} × {_power(int(power))}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def duration(seconds: float) -> str:
    """Seconds, or minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def share(part: int, of: int) -> str:
    """In per cent, rounded down, so that 100 % is all of them."""
    return f"{100 * part // of} %" if of else "–"


@cache
def _templates() -> Environment:
    """Those of here, whose style sheet adds to the shared one."""
    templates = kit.environment("en", TEMPLATES)
    templates.filters.update(figure=figure, duration=duration, short=lambda text: short(text, MAX_TEXT))
    templates.globals.update(share=share)
    return templates
