"""What is kept for one question while a run lasts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from grader.bank import Entry, read_text
from grader.oracle import Oracle
from grader.plan import Plan, make_plan
from grader.sandbox import Sandbox
from grader.session import Frames, Session
from grader.spec.types import Question


@dataclass(frozen=True)
class Kit:
    """What all questions of a run share."""

    sandbox: Sandbox
    seed: int
    device: str


class Desk:
    """A question with its plan, its encoded messages and its oracle, each made when first needed."""

    def __init__(self, entry: Entry, kit: Kit, question: Question | None = None) -> None:
        """Loads the question, or takes a variation of it. Raises SpecError."""
        self.entry = entry
        self.question = question or entry.question
        self.content_hash = entry.content_hash
        self._kit = kit

    @cached_property
    def plan(self) -> Plan:
        return make_plan(self.question, self._kit.seed)

    @cached_property
    def frames(self) -> Frames:
        return Frames(self.plan, self.entry.probes, self._kit.device)

    @cached_property
    def oracle(self) -> Oracle:
        return Oracle(self.entry, self.frames, self._kit.sandbox)

    @cached_property
    def stub(self) -> str:
        return read_text(self.entry.stub)

    def session(self, source: str, filename: str) -> Session:
        """A process for one solution."""
        return Session(self._kit.sandbox, self.frames, source, filename)
