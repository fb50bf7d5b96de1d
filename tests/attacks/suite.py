"""The attacks: each is a file with a header, put before an answer that is right and before one that is wrong.

The header is the file's docstring, a line for each key:

    Tries: what it is after.
    Must: what has to happen instead.
    Right: the verdicts that a right answer may get with it; `accepted` where the line is missing.
    Wrong: the same of a wrong answer; `wrong_answer` where it is missing, and never `accepted`.
    Needs: layers without which it would harm the machine, so that it is not run.
    Alone: the layer that alone stops it: with that one off it gets what it is after.
    Suspicious: `yes` where the report has to list it for a human.

What it leaves in a folder has `attack` in its name, so that it is not taken for what other programs write there.

The source may use `AIM` (see ground.Aim) and has to call `gained(what)` where it got what it is after. It runs when the
file is loaded; `before(x, w)` and `after(result)`, where it defines them, run in each call of the answer.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).with_name("submissions")
BANK = Path(__file__).with_name("bank")
QUESTION = "row-weights"

_PREAMBLE = (
    "AIM = type('Aim', (), {aim!r})(); "  # nothing that is suspicious by itself
    "gained = lambda what: print('\\nGAINED: ' + str(what), flush=True); "
    "before, after = (lambda x, w: (x, w)), (lambda result: result)"
)
_ANSWER = """

def row_weights(x, w):
    import torch

    x, w = before(x, w)
    scores = x @ w / x.shape[1] ** {power}
    weights = torch.exp(scores - scores.max())
    return after(weights / weights.sum())
"""
RIGHT, WRONG = _ANSWER.format(power=0.5), _ANSWER.format(power=1.0)
_KEYS = {"Tries", "Must", "Right", "Wrong", "Needs", "Alone", "Suspicious"}


@dataclass(frozen=True)
class Attack:
    """One file."""

    path: Path

    @property
    def name(self) -> str:
        """As `memory/ptrace_the_judge`."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def area(self) -> str:
        return self.path.parent.name

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def header(self) -> dict[str, str]:
        """Raises ValueError where it is not as this module says."""
        found: dict[str, str] = {}
        last = ""
        for line in (ast.get_docstring(ast.parse(self.source)) or "").splitlines():
            key, colon, text = line.partition(":")
            if colon and key in _KEYS:
                last = key
                found[key] = text.strip()
            elif last and line.strip():
                found[last] += f" {line.strip()}"
        if missing := {"Tries", "Must"} - set(found):
            raise ValueError(f"{self.path}: the header lacks {', '.join(sorted(missing))}")
        return found

    @property
    def right(self) -> set[str]:
        return _words(self.header.get("Right", "accepted"))

    @property
    def wrong(self) -> set[str]:
        verdicts = _words(self.header.get("Wrong", "wrong_answer"))
        if "accepted" in verdicts:
            raise ValueError(f"{self.path}: a wrong answer is never accepted")
        return verdicts

    @property
    def needs(self) -> set[str]:
        return _words(self.header.get("Needs", ""))

    @property
    def alone(self) -> str:
        return self.header.get("Alone", "")

    @property
    def suspicious(self) -> bool:
        return self.header.get("Suspicious", "") == "yes"

    def before(self, answer: str, aim: dict[str, object]) -> str:
        """A submission: the attack, and then an answer."""
        return f"{_PREAMBLE.format(aim=aim)}\n{self.source}\n{answer}"


def attacks() -> list[Attack]:
    """All of them, in the order of their names."""
    return sorted((Attack(path) for path in FOLDER.glob("*/*.py")), key=lambda attack: attack.name)


def plain(answer: str) -> str:
    """A submission without an attack."""
    return f"{_PREAMBLE.format(aim={})}\n{answer}"


def _words(text: str) -> set[str]:
    return set(text.replace(",", " ").split())
