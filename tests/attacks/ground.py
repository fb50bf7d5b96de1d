"""The ground that attacks are tried on: what they aim at, and what would show that one has hit."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank
from grader.result import Result
from grader.sandbox import Level
from grader.sandbox.limits import NOBODY
from grader.sandbox.policy import LAYERS, lacking

from . import suite
from .suite import Attack

# What is missing on machines that have not all layers; the level is the highest that is left.
LEVELS: dict[str, frozenset[str]] = {
    "all layers": frozenset(),
    "no user namespaces": frozenset({"namespaces", "mounts"}),
    "no Landlock": frozenset({"landlock"}),
    "neither": frozenset({"namespaces", "mounts", "landlock"}),
    "not Linux": frozenset(LAYERS),
}
_GAINED = re.compile(r"^GAINED: (.*)$", re.MULTILINE)
_SETTLES = 5.0  # seconds until what an attack started must be gone
_MEGABYTES = 64  # that the judge may grow by in one attack
_NAME = b"\0grader-attack-ground"


@dataclass(frozen=True)
class Aim:
    """What submissions are told, so that none fails for not having found its goal."""

    secret: str  # a file with the canary, in the hidden tree of solutions
    other: str  # another submission, with the canary
    results: str  # the results of the run, with the canary
    home: str  # a file of the grader's user, with the canary
    open: str  # a folder in which everybody may write: a file in it is a hit
    repository: str
    judge: int  # processes
    zygote: int
    victim: int  # one that has nothing to do with grading
    port: int  # 127.0.0.1, listening
    socket: str  # a Unix socket that listens
    abstract: str  # the same by an abstract name, without its leading NUL
    variable: str  # of the judge's environment, with the canary


@dataclass
class Outcome:
    """What one attack came to."""

    gained: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)  # a verdict that followed the attack, a trace left
    right: str = ""
    wrong: str = ""
    not_run: str = ""  # the layers that are missing

    @property
    def word(self) -> str:
        return "not run" if self.not_run else "GAINED" if self.gained else "held"


class Ground:
    """Made for one level; use as a context manager."""

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        self.without = without
        self.canary = f"canary-{secrets.token_hex(12)}"
        self.level = next(level for level in Level if lacking(level, set(LAYERS) - without) is None)
        self._folder = Path(tempfile.mkdtemp(prefix="grader-attacks-", dir="/var/tmp"))  # not hidden with /tmp
        self._exits = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._exits.callback(shutil.rmtree, self._folder, ignore_errors=True)
        self._folder.chmod(0o755)  # nothing but the sandbox shall keep others out
        self._plant()
        self._listeners = list(self._listen())
        self._victim = self._exits.enter_context(_victim())
        bank = Bank.open([self._folder / "bank"])
        settings = Settings(device="cpu", isolation=self.level, without=self.without)
        self.grader = self._exits.enter_context(Grader(bank, settings))
        self.layers = self.grader.run("").layers
        self.usual = [self.grade(suite.plain(answer)) for answer in (suite.RIGHT, suite.WRONG)]
        self.aim = self._aim()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exits.close()

    def _plant(self) -> None:
        shutil.copytree(suite.BANK, self._folder / "bank")
        reference = self._reference
        reference.write_text(f"# {self.canary}\n{reference.read_text()}")
        for name in ("submissions/eve/row-weights.py", "report/results.jsonl", "home/.ssh/id_ed25519"):
            path = self._folder / name
            path.parent.mkdir(parents=True)
            path.write_text(self.canary)
        (self._folder / "open").mkdir()
        (self._folder / "open").chmod(0o777)
        os.environ["GRADER_TEST_CANARY"] = self.canary
        self._exits.callback(os.environ.pop, "GRADER_TEST_CANARY", None)

    @property
    def _reference(self) -> Path:
        return self._folder / "bank" / "solutions" / "attacks" / suite.QUESTION / "reference.py"

    def _listen(self) -> Iterator[socket.socket]:
        self._path = str(self._folder / "open.socket")
        name = _NAME + secrets.token_hex(4).encode()
        for family, address in (
            (socket.AF_INET, ("127.0.0.1", 0)),
            (socket.AF_UNIX, self._path),
            (socket.AF_UNIX, name),
        ):
            listener = self._exits.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listener.bind(address)
            listener.listen()
            listener.setblocking(False)
            yield listener
        os.chmod(self._path, 0o777)

    def _aim(self) -> Aim:
        tcp, _, abstract = self._listeners
        return Aim(
            secret=str(self._reference),
            other=str(self._folder / "submissions/eve/row-weights.py"),
            results=str(self._folder / "report/results.jsonl"),
            home=str(self._folder / "home/.ssh/id_ed25519"),
            open=str(self._folder / "open"),
            repository=str(Path(__file__).resolve().parents[2]),
            judge=os.getpid(),
            zygote=next(iter(_children(os.getpid()) - {self._victim.pid}), 1),
            victim=self._victim.pid,
            port=tcp.getsockname()[1],
            socket=self._path,
            abstract=abstract.getsockname()[1:].decode(),
            variable="GRADER_TEST_CANARY",
        )

    # --- trying an attack ---

    def grade(self, source: str) -> Result:
        return self.grader.grade(Submission("mallory", suite.QUESTION, f"{suite.QUESTION}.py", source))

    def attempt(self, attack: Attack) -> Outcome:
        """Inside a right answer, inside a wrong one, and what is different afterwards."""
        if missing := sorted(attack.needs - set(self.layers)):
            return Outcome(not_run=", ".join(missing))
        before = _state()
        right, wrong = (self.grade(attack.before(answer, asdict(self.aim))) for answer in (suite.RIGHT, suite.WRONG))
        outcome = Outcome(right=str(right.verdict), wrong=str(wrong.verdict))
        outcome.gained += [what for result in (right, wrong) for what in self._gains(result)]
        if outcome.wrong == "accepted":
            outcome.gained.append("a wrong answer is accepted")
        outcome.gained += self._hits()
        outcome.unexpected += _verdicts(attack, outcome)
        if attack.suspicious and not (right.suspicions and wrong.suspicions):
            outcome.unexpected.append("nothing of it is listed as suspicious")
        outcome.unexpected += self._aftermath(before)
        return outcome

    def _gains(self, result: Result) -> Iterator[str]:
        yield from _GAINED.findall(result.output)
        told = msgspec.json.encode(msgspec.structs.replace(result, source="")).decode()
        if self.canary in told:
            yield "the canary is in the result"

    def _hits(self) -> Iterator[str]:
        for path in (self._folder / "open").iterdir():
            yield f"wrote {path.name} in a folder outside"
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for listener in self._listeners:
            with contextlib.suppress(BlockingIOError):
                while True:  # each that waits, or the next attack would be blamed for it
                    listener.accept()[0].close()
                    yield f"connected to {listener.family.name}"
        if self._victim.poll() is not None:
            yield "killed a process outside"
            self._victim = self._exits.enter_context(_victim())
            self.aim = self._aim()
        for path in (self.aim.secret, self.aim.other, self.aim.results, self.aim.home):
            if self.canary not in Path(path).read_text():
                yield f"changed {Path(path).name}"
                Path(path).write_text(self.canary)

    def _aftermath(self, before: _State) -> Iterator[str]:
        """The next submissions are graded as always, and the machine is as it was."""
        for source, usual in zip((suite.RIGHT, suite.WRONG), self.usual, strict=True):
            now = self.grade(suite.plain(source))
            if _judgement(now) != _judgement(usual):
                yield f"the next submission is {now.verdict} and was {usual.verdict}"
        before = replace(before, processes=before.processes | {self._victim.pid})  # perhaps a new one
        end = time.monotonic() + _SETTLES
        while (left := _state().beyond(before)) and time.monotonic() < end:
            time.sleep(0.05)
        yield from left


def _verdicts(attack: Attack, outcome: Outcome) -> Iterator[str]:
    for name, verdict, allowed in (("right", outcome.right, attack.right), ("wrong", outcome.wrong, attack.wrong)):
        if verdict not in allowed:
            yield f"a {name} answer gets {verdict} with it instead of {' or '.join(sorted(allowed))}"


def _judgement(result: Result) -> tuple[object, ...]:
    checks = [(check.name, check.verdict, check.points, check.message) for check in result.checks]
    return result.verdict, result.points, checks, result.output, result.suspicions


@contextlib.contextmanager
def _victim() -> Iterator[subprocess.Popen[bytes]]:
    """Of the user that submissions have, so that only the sandbox protects it."""
    user = NOBODY if os.geteuid() == 0 else None
    command = [sys.executable, "-S", "-c", "import time; time.sleep(3600)"]
    try:
        victim = subprocess.Popen(command, user=user)
    except PermissionError:  # an interpreter that this user can't run
        victim = subprocess.Popen(command)
    try:
        yield victim
    finally:
        victim.kill()
        victim.wait()


# --- the machine ---


@dataclass(frozen=True)
class _State:
    """What an attack could leave behind."""

    processes: frozenset[int]  # below the judge
    files: frozenset[str]  # in the folders where everybody may write
    segments: int  # of System V's shared memory, queues and semaphores
    descriptors: int  # of the judge
    megabytes: float  # of the judge

    def beyond(self, before: _State) -> list[str]:
        left = []
        if more := self.processes - before.processes:
            left.append(f"{len(more)} processes are left")
        if more_files := self.files - before.files:
            left.append(f"files are left: {', '.join(sorted(more_files)[:3])}")
        if self.segments > before.segments:
            left.append("System V objects are left")
        if self.descriptors > before.descriptors:
            left.append(f"the judge holds {self.descriptors - before.descriptors} descriptors more")
        if self.megabytes > before.megabytes + _MEGABYTES:
            left.append(f"the judge has grown by {self.megabytes - before.megabytes:.0f} MB")
        return left


def _state() -> _State:
    folders = [Path("/tmp"), Path("/dev/shm"), Path("/var/tmp")]
    return _State(
        frozenset(_descendants(os.getpid())),
        frozenset(str(path) for folder in folders for path in folder.glob("*attack*")) - _grounds(),
        sum(len(path.read_text().splitlines()) for path in Path("/proc/sysvipc").iterdir()),
        len(os.listdir("/proc/self/fd")),
        int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024,
    )


def _grounds() -> frozenset[str]:
    return frozenset(map(str, Path("/var/tmp").glob("grader-attacks-*")))


def _children(process: int) -> set[int]:
    found = set()
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):
            found |= {int(word) for word in (task / "children").read_text().split()}
    return found


def _descendants(process: int) -> set[int]:
    try:
        direct = _children(process)
    except OSError:
        return set()
    return direct.union(*(_descendants(child) for child in direct))
