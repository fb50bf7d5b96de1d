"""What is kept for one question while a run lasts."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grading.driver import Driver, Frames
from grader.grading.naming import Naming
from grader.grading.oracle import Oracle
from grader.plan import Plan, make_plan
from grader.question import Entry, Question, read_text
from grader.sandbox import Sandbox


@dataclass(frozen=True)
class Kit:
    """What all questions of a run share."""

    sandbox: Sandbox
    seed: int
    device: str


class Desk:
    """A question with its plan, its messages and its oracle. A concept question's plan is empty."""

    def __init__(self, entry: Entry, kit: Kit, question: Question | None = None) -> None:
        """Loads the question, or takes a variation of it. Raises SpecError."""
        self.entry = entry
        self.question = question or entry.question
        self.content_hash = entry.content_hash
        self.plan: Plan = make_plan(self.question, kit.seed)
        self.frames = Frames(self.plan, entry.probes if self.question.entry else "", kit.device)
        self.oracle = Oracle(entry, self.frames, kit.sandbox)
        self.naming = Naming(self.oracle)
        self.stub = read_text(entry.stub)
        self._kit = kit

    def driver(self, source: str, filename: str) -> Driver:
        """A process for one solution."""
        return Driver(self._kit.sandbox, self.frames, source, filename)
