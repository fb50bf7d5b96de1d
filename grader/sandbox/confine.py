"""What a child does between its fork and its hello. The order is part of the design: see docs/sandbox.md."""

from __future__ import annotations

import contextlib
import faulthandler
import io
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import kernel, landlock, limits, namespaces, paths
from grader.sandbox.landlock import PathRule
from grader.sandbox.layers import Layers
from grader.sandbox.trial import reason

SEED = 20170612  # all children begin alike, so that a verdict replays; the worker seeds every case anew

_printing: list[io.TextIOWrapper] = []  # the child's own streams, whatever a submission puts in their place


@dataclass(frozen=True)
class Ground:
    """What all children of a zygote have in common."""

    device: str
    rules: tuple[PathRule, ...]  # of Landlock
    kept: tuple[Path, ...]  # paths that must stay visible under new mounts
    seccomp: Callable[[], None]  # installs the filter


def detach(socket: int, output: int) -> None:
    """A session of its own, and no descriptors but the socket, the pipe and /dev/null."""
    os.setsid()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    limits.close_descriptors({0, 1, 2, socket})
    _fresh_streams()


def _fresh_streams() -> None:
    """Streams that send each line at once, and a trace of the Python frames for a crash in C."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  (as long as the process)
    sys.stdout, sys.stderr = _lines(1), _lines(2)
    _printing.extend((sys.stdout, sys.stderr))
    faulthandler.enable(file=2)


def flush() -> None:
    """Send what is left of a line. The submission may have closed the streams."""
    for stream in _printing:
        with contextlib.suppress(OSError, ValueError):
            stream.flush()


def _lines(descriptor: int) -> io.TextIOWrapper:
    raw = open(descriptor, "wb", closefd=False)  # noqa: SIM115  (as long as the process)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="replace", line_buffering=True)


def own_folders(layers: Layers, ground: Ground, work: Path) -> list[Path]:
    """Folders to write in, the work dir first: a small tmpfs, or without mounts what the zygote made."""
    if "mounts" in layers:
        return [namespaces.scratch(ground.kept), namespaces.TEMPORARY, namespaces.SHARED]
    return [work]


def settle(work: Path) -> None:
    """Make the work dir the current, the temporary and the home folder, and seed what a fork unseeds."""
    os.chdir(work)
    tempfile.tempdir = str(work)
    folders = ("HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR", "XDG_CACHE_HOME")
    os.environ.update(dict.fromkeys(folders, str(work)))
    os.environ.update(USER="candidate", LOGNAME="candidate")  # else getpass reads /etc/passwd
    random.seed(SEED)


def confine(layers: Layers, ground: Ground, folders: Sequence[Path], megabytes: int) -> None:
    """Users, limits, capabilities, no_new_privs, Landlock and seccomp, in the only order that works."""
    cuda = ground.device == "cuda"
    _count_alone(layers)
    if sys.platform == "linux":
        kernel.die_with_parent(signal.SIGKILL)
    own_users = "namespaces" in layers
    layers.attempt("rlimits", lambda: limits.limit_resources(megabytes, cuda, own_users))
    layers.attempt("capabilities", limits.drop_capabilities)
    layers.attempt("no_new_privs", lambda: kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1))
    if not cuda:  # its driver reads /proc/self, which belongs to root where a process is not dumpable
        with contextlib.suppress(OSError):
            kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    rules = [*ground.rules, *paths.own(folders)]
    layers.notes.update(layers.attempt("landlock", lambda: landlock.restrict(rules)) or {})
    layers.attempt("seccomp", ground.seccomp)


def _count_alone(layers: Layers) -> None:
    """Have this child's threads counted apart from its siblings'. Folders are mounted by now: it can do so no more."""
    if "namespaces" not in layers:
        return
    try:
        namespaces.leave_users()
    except OSError as error:
        layers.missing("namespaces", f"none for a single child: {reason(error)}")
