"""Mutants that nobody can tell from the reference: listed beside the solutions, each with the reason."""

from __future__ import annotations

from grader.errors import SpecError
from grader.question import Entry, read_yaml, shown

FILE = "equivalents.yaml"


def read_equivalents(entry: Entry) -> dict[str, str]:
    """The reason why each listed mutant is right, by the mutant's key. Raises SpecError."""
    path = entry.solutions / FILE
    if not path.exists():
        return {}
    data = read_yaml(path).data
    if not isinstance(data, dict) or not all(isinstance(reason, str) and reason.strip() for reason in data.values()):
        raise SpecError(f"{shown(path)}: expected a mapping from a mutant's key to the reason, a sentence")
    return dict(data)
