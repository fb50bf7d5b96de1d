"""Questions: their format, strict loading, the banks that hold them, and the known answers to them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.question.bank import INSTALLED, Bank, Entry, built_in_root
    from grader.question.bank_files import read_bytes, read_text
    from grader.question.conditions import Condition, conditions_of
    from grader.question.kinds import Kind, kind_in_words, language_of
    from grader.question.near_names import nearest, suggestion
    from grader.question.positions import parse_yaml, read_yaml, shown
    from grader.question.probe_functions import built_in_probes
    from grader.question.sizes import letters_in, size_of
    from grader.question.solutions import KnownSolution, with_both
    from grader.question.summary import Summary, read_summary
    from grader.question.types import Argument, Case, Check, Criterion, Difficulty, Part, Question, Tolerance

__all__ = [
    "INSTALLED",
    "Argument",
    "Bank",
    "Case",
    "Check",
    "Condition",
    "Criterion",
    "Difficulty",
    "Entry",
    "Kind",
    "KnownSolution",
    "Part",
    "Question",
    "Summary",
    "Tolerance",
    "built_in_probes",
    "built_in_root",
    "conditions_of",
    "kind_in_words",
    "language_of",
    "letters_in",
    "nearest",
    "parse_yaml",
    "read_bytes",
    "read_summary",
    "read_text",
    "read_yaml",
    "schema",
    "shown",
    "size_of",
    "suggestion",
    "with_both",
]

# By module. `grader list` needs few of these names, and does not wait for what the others bring along.
_HOMES = {
    "bank": "INSTALLED Bank Entry built_in_root",
    "bank_files": "read_bytes read_text",
    "conditions": "Condition conditions_of",
    "kinds": "Kind kind_in_words language_of",
    "near_names": "nearest suggestion",
    "positions": "parse_yaml read_yaml shown",
    "probe_functions": "built_in_probes",
    "sizes": "letters_in size_of",
    "solutions": "KnownSolution with_both",
    "summary": "Summary read_summary",
    "types": "Argument Case Check Criterion Difficulty Part Question Tolerance",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
