"""What is asked of the sandbox, and what comes out of it. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.errors import SandboxError
from grader.text import Text
from grader.verdict import Verdict

LAYERS = ("uid", "namespaces", "mounts", "rlimits", "capabilities", "no_new_privs", "landlock", "seccomp")


class Level(StrEnum):
    """The least isolation that is accepted."""

    STRICT = "strict"  # every layer but the separate uid
    STANDARD = "standard"  # seccomp, limits, and Landlock or namespaces
    NONE = "none"  # a separate process with deadlines; layers that work are used all the same


@dataclass(frozen=True)
class Policy:
    """What a sandbox is for."""

    level: Level = Level.STRICT
    device: str = "cpu"  # or "cuda"
    hidden: tuple[Path, ...] = ()  # trees that no child may see
    preload: tuple[str, ...] = ()  # modules that the zygote imports
    many: bool = False  # many children are to come: half a second at the start makes each cheaper
    threads: int = 1  # that one operation of torch may use in a child
    without: frozenset[str] = frozenset()  # layers left out: for tests that show what each one does
    worker: str = "grader.worker.serve"  # the module whose serve() the child calls

    def __post_init__(self) -> None:
        unknown = self.without.difference(LAYERS)
        if unknown:
            raise ValueError(f"no layer of the sandbox is called {', '.join(sorted(unknown))}")


@dataclass(frozen=True)
class Exit:
    """How a child ended."""

    seconds: float  # of processor time, from the fork on, as the operating system counted it
    megabytes: float  # peak of memory beyond what it had at its hello
    output: str  # the end of what it wrote to stdout and stderr
    output_truncated: bool


class Lost(Exception):
    """The child was lost while it ran a submission: the submission's verdict."""

    def __init__(self, verdict: Verdict, message: Text, by_system: bool = False) -> None:
        super().__init__(message.en)
        self.verdict = verdict
        self.message = message
        self.by_system = by_system  # killed from outside, perhaps because the machine's memory is short


# Each entry is a list of layers of which one is enough.
_NEEDED: dict[Level, tuple[tuple[str, ...], ...]] = {
    Level.STRICT: tuple((layer,) for layer in LAYERS if layer != "uid"),
    Level.STANDARD: (("rlimits",), ("seccomp",), ("landlock", "mounts")),
    Level.NONE: (),
}


def lacking(level: Level, layers: Collection[str]) -> str | None:
    """The first layer that the level needs and that is not there."""
    for choice in _NEEDED[level]:
        if not set(choice) & set(layers):
            return choice[0]
    return None


def require(level: Level, layers: Collection[str], notes: Mapping[str, str]) -> None:
    """Raise SandboxError where the layers are fewer than the level needs."""
    layer = lacking(level, layers)
    if layer is None:
        return
    accepting = next(other for other in (Level.STANDARD, Level.NONE) if lacking(other, layers) is None)
    reason = notes.get(layer, "it is not active")
    raise SandboxError(
        f"the sandbox has no layer '{layer}' here ({reason}), and isolation '{level}' needs it; "
        f"'grader doctor' says what that means, and --isolation {accepting} goes on without it"
    )
