"""Right answers in other styles: the reference, rewritten or wrapped. All of them must be accepted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

from grader.plan import Plan
from grader.question import Question, built_in_probes
from grader.verdict import Verdict
from grader.verify.degenerate import Variant
from grader.verify.styles import rewrites

__all__ = ["styles"]

_ACCEPTED = frozenset({Verdict.ACCEPTED})

_REWRITES: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
    ("renamed", "Local variables have other names.", rewrites.renamed),
    ("swapped", "The operands of sums and products are swapped.", rewrites.swapped),
    ("reassociated", "Sums are added up in another order.", rewrites.reassociated),
    ("decorated", "Every function has a decorator.", rewrites.decorated),
    ("bare", "Annotations and docstrings are left out.", rewrites.bare),
    ("checking", "Functions look at the types of their arguments, and the file prints.", rewrites.checking),
)

_SCRIPT = """
if __name__ == "__main__":
    raise SystemExit("only where this file is run as a script")
"""


def styles(question: Question, plan: Plan, reference: str) -> list[Variant]:
    """Variants of the reference that are right too. None where answers are no programs."""
    if not question.kind.is_code:
        return []
    made = [(key, what, rewrite(reference)) for key, what, rewrite in _REWRITES]
    made += [
        ("float64-inside", "It calculates in float64 and rounds the result.", _with_double(plan, reference)),
        ("contiguous", "Results are made contiguous.", _with_contiguous(plan, reference)),
        ("callable-object", "Functions are modules that are called.", _with_callables(plan, reference)),
        ("script", "Code of its own stands behind the question of whether it is a script.", reference + _SCRIPT),
    ]
    return [Variant(key, what, source, _ACCEPTED) for key, what, source in made if source is not None]


def _with_double(plan: Plan, reference: str) -> str | None:
    called = _called(plan)
    lines = [f"{name} = _right_double_function({name})" for name in plan.functions if name in called]
    return _appended(reference, lines + [f"_right_double_module({name})" for name in plan.classes if name in called])


def _with_contiguous(plan: Plan, reference: str) -> str | None:
    called = _called(plan)
    lines = [f"{name} = _right_contiguous({name})" for name in plan.functions]
    return _appended(reference, lines + [f"_right_contiguous_class({name})" for name in plan.classes if name in called])


def _with_callables(plan: Plan, reference: str) -> str | None:
    return _appended(reference, [f"{name} = _RightCallable({name})" for name in plan.functions])


def _called(plan: Plan) -> set[str]:
    """What is called with the arguments of the plan; what a question's own probes pass is not known."""
    calling = {name for name, probe in built_in_probes().items() if probe.calls}
    return {run.drive.entry for run in plan.runs if run.drive.probe in calling}


def _appended(reference: str, lines: list[str]) -> str | None:
    return "\n".join([reference, "", _right(), "", *lines, ""]) if lines else None


@cache
def _right() -> str:
    return files(__package__).joinpath("right.py").read_text(encoding="utf-8")
