"""What proving a question comes to: one type, from which the terminal, the JSON and the page are drawn."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

import msgspec

SCHEMA_VERSION = 1
Group = Literal["solution", "mutant", "degenerate", "style", "stub"]


class ProofRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of what is written to proof files."""


class Tried(ProofRecord, frozen=True):
    """One answer that was graded for the proof."""

    group: Group
    key: str  # a solution's verdict and file name, or what was changed; unique within its group
    verdict: str
    wanted: list[str]  # any of these verdicts
    line: int | None = None  # of the reference, where it was changed
    check: str = ""  # the first that it failed
    message: str = ""  # what was wrong, in English
    margin: float | None = None  # accepted: the largest error over what is allowed; else that of the first failed check
    mistake: str = ""  # the known mistake that it was called
    hint: str = ""  # what else was true of its results
    reason: str = ""  # of an allowed equivalent: why it is one

    @property
    def kept(self) -> bool:
        """Whether it got a verdict that it must get."""
        return self.verdict in self.wanted or bool(self.reason)


class Made(msgspec.Struct, frozen=True):
    """How a proof came about. Where this and the question are the same, it need not be made again."""

    seeds: list[int]  # of the cases
    variants: bool  # whether mutants, degenerate answers and styles were tried
    sample: int  # every how many-th mutant was tried
    versions: dict[str, str]  # grader, python, torch
    judge: str = ""  # sha256 over the code that decides verdicts; empty in a proof of an older grader


class Proof(ProofRecord, frozen=True):
    """Everything that was found about one question."""

    question: str
    content_hash: str
    problems: list[str]  # each one sentence; none: the question is proved
    notes: list[str] = []  # no failures, but worth a look
    tried: list[Tried] = []
    seeds: int = 1  # under how many the solutions were graded
    seconds: float = 0.0
    made: Made | None = None

    def group(self, *names: Group) -> list[Tried]:
        return [one for one in self.tried if one.group in names]

    @property
    def killed(self) -> int:
        """Mutants that failed as they must; a failure of the grader itself is none of theirs."""
        return sum(one.verdict in one.wanted for one in self.group("mutant"))

    @property
    def equivalents(self) -> list[Tried]:
        """Mutants that are accepted for a reason that somebody has given."""
        return [one for one in self.group("mutant") if one.reason and one.verdict not in one.wanted]

    @property
    def equivalent(self) -> int:
        return len(self.equivalents)

    @property
    def survivors(self) -> list[Tried]:
        """Mutants that did not fail, and for which nobody has given a reason."""
        return [one for one in self.group("mutant") if not one.kept]

    @property
    def named(self) -> tuple[int, int]:
        """Of the wrong answers that people really give, those that were called by their own name, and all."""
        paths = [(PurePosixPath(one.key), one.mistake) for one in self.group("solution")]
        wrong = [(path, name) for path, name in paths if path.parts[0] == "wrong_answer" and path.suffix == ".py"]
        return sum(path.stem == name for path, name in wrong), len(wrong)

    @property
    def explained(self) -> tuple[int, int]:
        """Wrong mutants that ran, and those of them that got a name or a hint."""
        ran = [one for one in self.group("mutant") if one.verdict == "wrong_answer"]
        return sum(bool(one.mistake or one.hint) for one in ran), len(ran)

    @property
    def largest_error(self) -> float:
        """Of any right answer, over what is allowed."""
        right = [one.margin for one in self.group("solution", "style") if one.verdict == "accepted"]
        return max((margin for margin in right if margin is not None), default=0.0)

    @property
    def smallest_miss(self) -> float | None:
        """The smallest margin by which a wrong answer failed, over what is allowed."""
        wrong = [one.margin for one in self.tried if one.verdict == "wrong_answer" and one.margin is not None]
        return min(wrong, default=None)
