"""The whole flow: a submission goes in, a result comes out.

question ─► plan ─► driver(submission) ─► observations ─┐
               └──► oracle (driver(reference), ...) ────┴► judge ─► result
"""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from grader.devices import choose_device, device_in_words
from grader.errors import GraderError
from grader.grading.desk import Desk, Kit
from grader.grading.flow import Handling, grade_code, grade_concept, refused
from grader.intake import Submission
from grader.question import Bank
from grader.result import SCHEMA_VERSION, Result, Run
from grader.sandbox import Level, Policy, Sandbox, can_be_hidden
from grader.text import Language, untranslated
from grader.verdict import Verdict
from grader.version import __version__

CHECK_SEED = 20170612  # of `check`, so that a candidate sees the same cases again
_SMALL = 1024  # megabytes, and bytes of output, for a child that only says hello


@dataclass(frozen=True)
class Settings:
    """How to grade."""

    device: str = "auto"  # auto, cpu or cuda
    isolation: Level = Level.STRICT
    seed: int = CHECK_SEED
    language: Language = "en"
    handling: Handling = field(default_factory=Handling)
    threads: int = 1  # of each process; with more than one, torch may sum in another order
    preload: bool = False  # import beforehand what optimisers need: a second, for questions that train
    many: bool = False  # many processes are to come: half a second at the start makes each cheaper
    hidden: tuple[Path, ...] = ()  # trees that no submission may see, besides the banks
    without: frozenset[str] = frozenset()  # layers of the sandbox left out: to show what each one does


class Grader:
    """Grades submissions in sandboxed processes. Thread-safe; use as a context manager."""

    def __init__(self, bank: Bank, settings: Settings) -> None:
        """Starts the sandbox at once; torch is imported there while the caller goes on."""
        self.settings = settings
        self._bank = bank
        self._device = choose_device(settings.device)
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._desks: dict[tuple[str, int], Desk] = {}
        self._lock = threading.Lock()
        self._sandbox = Sandbox(
            Policy(
                level=settings.isolation,
                device=self._device,
                hidden=_hidden(bank, settings),
                preload=("torch._dynamo",) if settings.preload else (),
                many=settings.many,
                threads=settings.threads,
                without=settings.without,
            )
        )

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process."""
        self._sandbox.close()

    def grade(self, submission: Submission, seed: int | None = None, handling: Handling | None = None) -> Result:
        """The result of one submission. Our own failures are results too, with the verdict grader_error.

        seed, handling: instead of those of the settings.
        """
        try:
            desk = self.desk(submission.question, self.settings.seed if seed is None else seed)
            if submission.error is not None:
                return refused(desk, submission, Verdict.RUNTIME_ERROR, submission.error)
            if desk.question.kind.is_code:
                return grade_code(desk, submission, handling or self.settings.handling)
            return grade_concept(desk, submission)
        except GraderError as error:
            return our_failure(submission, str(error))
        except Exception as error:  # a bug of ours must not lose a batch
            return our_failure(submission, f"{type(error).__name__}: {error}")

    def desk(self, question: str, seed: int) -> Desk:
        """What is kept for a question and a seed; made when it is first asked for."""
        with self._lock:
            key = (question, seed)
            if key not in self._desks:
                self._desks[key] = Desk(self._bank[question], self.kit(seed))
            return self._desks[key]

    def kit(self, seed: int) -> Kit:
        """What all questions share."""
        return Kit(self._sandbox, seed, self._device)

    def prepare(self, question: str) -> None:
        """Make everything for a question that needs no process, while the sandbox is still importing torch.

        Raises SpecError.
        """
        desk = self.desk(question, self.settings.seed)
        # A wrong answer will be compared with them; a slip there is the author's, and told at once.
        _ = desk.entry.known
        if desk.question.kind.is_code:
            desk.frames.encode_all()

    def forget(self, question: str) -> None:
        """Let go of what is kept for a question."""
        with self._lock:
            for key in [key for key in self._desks if key[0] == question]:
                del self._desks[key]

    def run(self, command: str) -> Run:
        """What all results of this grader share. Waits until the sandbox is there; raises SandboxError."""
        sandbox = self._sandbox
        if not sandbox.layers:
            sandbox.child(_SMALL, _SMALL).close()  # the first hello tells which layers are active
        return Run(
            schema_version=SCHEMA_VERSION,
            seed=self.settings.seed,
            device=device_in_words(self._device),
            isolation=str(self.settings.isolation),
            layers=list(sandbox.layers),
            missing_layers=dict(sandbox.missing),
            versions={"grader": __version__, **sandbox.versions},
            command=command,
            language=self.settings.language,
            started=self._started,
        )


def _hidden(bank: Bank, settings: Settings) -> tuple[Path, ...]:
    """The banks, whole where workers run nothing of what is in them, and of the rest what can be hidden.

    A checkout is a bank that holds this package too; a folder of submissions may be the parent of anything.
    """
    parts = (_hidden_of_bank(root) for root in bank.roots)
    return (*itertools.chain.from_iterable(parts), *filter(can_be_hidden, settings.hidden))


def _hidden_of_bank(root: Path) -> list[Path]:
    return [root] if can_be_hidden(root) else [root / "solutions", root / "questions"]


def our_failure(about: Submission | Result, why: str) -> Result:
    """The result where the grader itself failed, so that the candidate is not blamed."""
    return Result(
        candidate=about.candidate,
        question=about.question,
        title=untranslated(about.question),
        kind="",
        verdict=Verdict.GRADER_ERROR,
        points=0,
        max_points=0,
        seconds=0.0,
        checks=[],
        message=untranslated(why),
        file=about.file,
        source=about.source,
        source_hash=about.source_hash,
    )
