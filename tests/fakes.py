"""A bank and a grader that need no torch, for tests of what is around them."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from grader.errors import UnknownName
from grader.grading.grader import Settings
from grader.intake.submission import Submission
from grader.result import SCHEMA_VERSION, CheckResult, Result, Run
from grader.text import untranslated
from grader.verdict import Verdict


@dataclass
class FakeEntry:
    """A question that is only a name."""

    id: str
    suffix: str
    content_hash: str = "question hash"
    trains: bool = False

    @property
    def is_code(self) -> bool:
        return self.suffix == ".py"


class FakeBank:
    """Questions by name; `concepts` are answered in YAML."""

    def __init__(self, *ids: str, concepts: Sequence[str] = ()) -> None:
        entries = [FakeEntry(name, ".py") for name in ids] + [FakeEntry(name, ".yaml") for name in concepts]
        self.by_id = {entry.id: entry for entry in entries}
        self.entries = tuple(entries)

    def __getitem__(self, name: str) -> FakeEntry:
        if name not in self.by_id:
            raise UnknownName(f"there is no question '{name}'")
        return self.by_id[name]

    def __contains__(self, name: object) -> bool:
        return name in self.by_id


# What a submission's first line says is what the fake grader finds.
VERDICTS = {f"# {verdict}": verdict for verdict in Verdict}


class FakeGrader:
    """Gives the verdict that the submission's first line asks for: `# wrong_answer`. `# sleep 5` sleeps."""

    def __init__(self, bank: Any, settings: Settings, versions: dict[str, str] | None = None) -> None:
        self.settings = settings
        self.bank = bank
        self.versions = versions or {"grader": "0.1.0", "python": "3.11", "torch": "2.6"}
        self.graded: list[tuple[str, str]] = []
        self.closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.closed.set()

    def prepare(self, question: str) -> None:
        """Nothing to make beforehand."""

    def run(self, command: str) -> Run:
        return Run(
            schema_version=SCHEMA_VERSION,
            seed=self.settings.seed,
            device="cpu",
            isolation=str(self.settings.isolation),
            layers=["seccomp"],
            missing_layers={},
            versions=self.versions,
            command=command,
            started="2025-01-01T00:00:00+00:00",
        )

    def grade(self, submission: Submission, seed: int | None = None) -> Result:
        self.graded.append((submission.candidate, submission.question))
        first = submission.source.split("\n", 1)[0]
        if first == "# bug":
            raise ZeroDivisionError("a bug of ours")
        if first.startswith("# sleep"):
            self.closed.wait(float(first.split()[2]))
            if self.closed.is_set():  # as a process that was ended: no verdict to rely on
                return self._result(submission, Verdict.RUNTIME_ERROR)
        verdict = Verdict.RUNTIME_ERROR if submission.error else VERDICTS.get(first, Verdict.ACCEPTED)
        return self._result(submission, verdict)

    def _result(self, submission: Submission, verdict: Verdict) -> Result:
        points = 3 * (verdict is Verdict.ACCEPTED)
        check = CheckResult("values", untranslated("values"), verdict, points, 3)
        return Result(
            candidate=submission.candidate,
            question=submission.question,
            title=untranslated(submission.question),
            kind="implement",
            verdict=verdict,
            points=points,
            max_points=3,
            seconds=0.01,
            checks=[check],
            message=submission.error,
            file=submission.file,
            source=submission.source,
            source_hash=submission.source_hash,
            question_hash=self.bank[submission.question].content_hash,
        )


def wait_for(condition: Any, seconds: float = 20.0) -> None:
    """Until something holds; fails when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)
