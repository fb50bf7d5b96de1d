"""Builders for the sandbox's tests: run a few lines in a child and say what came of them."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from grader import wire
from grader.sandbox import Child, Level, Policy, Sandbox

WORKER = "tests.sandbox.echo_worker"
REPOSITORY = Path(__file__).resolve().parents[2]


def policy(*without: str, level: Level = Level.NONE, hidden: tuple[Path, ...] = (), worker: str = WORKER) -> Policy:
    return Policy(level=level, hidden=hidden, without=frozenset(without), worker=worker)


def load(source: str, request: int = 1) -> wire.Load:
    return wire.Load(request, probes=textwrap.dedent(source))


def tell(child: Child, source: str, seconds: float = 10, request: int = 1) -> str:
    """The `answer` that the source leaves, as text; or the name of what it raised."""
    reply, _ = child.ask(load(source, request), None, seconds)
    assert isinstance(reply, wire.Loaded)
    assert reply.error is not None
    kind = reply.error.types[0]
    return reply.error.message if kind == "answer" else f"{kind}: {reply.error.message}"


def run(sandbox: Sandbox, source: str, seconds: float = 10, megabytes: int = 512, output_bytes: int = 100_000) -> str:
    """The same in a child of its own."""
    with sandbox.child(megabytes, output_bytes) as child:
        return tell(child, source, seconds)


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()
