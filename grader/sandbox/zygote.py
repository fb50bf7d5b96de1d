"""The zygote: a fresh interpreter that imports torch once and forks a confined child for every submission.

Started by the judge as `python -I` with an empty environment. It runs no operation of torch: a parallel one
would hang its children, a backward pass would forbid theirs, and CUDA does not survive a fork.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import platform
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

from grader.sandbox import kernel, limits, memory, namespaces, paths, seccomp
from grader.sandbox.control import Control, Ready, Setup
from grader.sandbox.layers import Layers

# Imported by submissions and tracebacks: cheaper once here than in each child, which can read less besides.
_COMMON = (
    *("bisect", "collections", "contextlib", "copy", "dataclasses", "enum", "functools", "heapq", "inspect"),
    *("itertools", "json", "linecache", "math", "operator", "pickle", "random", "statistics", "string"),
    *("time", "traceback", "types", "typing", "warnings", "grader.wire", "numpy", "safetensors.numpy"),
    *("torch", "torch.nn", "torch.nn.functional", "torch.optim", "torch.utils.data"),
)

_OOM_SCORE = 300  # of 1000; added to the thousandths of the memory that a process has


def main(descriptor: int, judge: int) -> None:
    """Serve the judge at the other end of a socket until it goes away."""
    _live_with(judge)
    control = Control(socket.socket(fileno=descriptor))
    setup, _ = control.order()
    assert isinstance(setup, Setup)
    layers = Layers(setup.without)
    _go_before_others()
    layers.attempt("uid", _separate_user)
    _separate_namespaces(layers, control)
    _close_trees(layers, setup)
    gc.disable()  # a fifth of the time of all the imports
    tempfile.tempdir = "/tmp"  # known, so that nothing tries to write in a tree that is read-only by now
    for name in (*_COMMON, *setup.preload):
        importlib.import_module(name)
    serve = importlib.import_module(setup.worker).serve
    _settle()
    if setup.many:
        memory.use_large_pages()

    # These bring numpy along, whose threads would forbid unshare.
    from grader.sandbox.confine import Ground
    from grader.sandbox.nursery import Nursery

    rules = paths.rules(setup.device, [Path(name) for name in setup.hidden])
    ground = Ground(setup.device, tuple(rules), paths.needed(), _filter(setup, layers))
    control.send(Ready(_versions()))
    Nursery(control, layers, ground, serve).run()


def _live_with(judge: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        kernel.die_with_parent(signal.SIGKILL)
    if os.getppid() != judge:
        os._exit(0)  # it went before the line above


def _go_before_others() -> None:
    """Where the machine is short of memory, children shall be killed rather than the judge or other programs.

    They inherit this; later it could not be written any more, since /proc becomes read-only.
    """
    own = Path("/proc/self/oom_score_adj")
    with contextlib.suppress(OSError):
        own.write_text(str(max(_OOM_SCORE, int(own.read_text()))))


def _separate_user() -> None:
    if os.geteuid() != 0:
        raise OSError("the grader does not run as root, so workers have the uid that it has")
    if reason := limits.unreadable_by_nobody(paths.probes()):
        os.setresuid(limits.NOBODY, -1, -1)  # the kernel counts threads by the real uid, and never limits root's
        raise OSError(f"no other uid can run the interpreter: {reason}")
    limits.become_nobody()


def _separate_namespaces(layers: Layers, control: Control) -> None:
    """Go on in a process that is the first one in new namespaces; the outer one only waits for it."""
    layers.attempt("namespaces", namespaces.enter)
    if "namespaces" not in layers:
        return
    inner = os.fork()
    if inner:
        control.close()
        _, status = os.waitpid(inner, 0)
        os._exit(0 if status == 0 else 1)
    kernel.die_with_parent(signal.SIGKILL)


def _close_trees(layers: Layers, setup: Setup) -> None:
    if "namespaces" in layers:
        hidden = [Path(name) for name in setup.hidden]
        layers.attempt("mounts", lambda: namespaces.close_trees(hidden, paths.needed()))
    else:
        layers.missing("mounts", "it needs the layer 'namespaces'")


def _filter(setup: Setup, layers: Layers) -> Callable[[], None]:
    """Without mounts of its own a child must not change modes: Landlock does not look at that."""
    try:
        return seccomp.Filter(platform.machine(), setup.device == "cuda", "mounts" in layers).install
    except OSError as error:
        return partial(_raise, error)


def _raise(error: OSError) -> None:
    raise error


def _settle() -> None:
    """Prepare what children would otherwise each do again, or could not do any more."""
    import torch

    initialise = getattr(torch.cpu, "_is_avx2_supported", None)  # reads /proc; gone from some versions
    if initialise is not None:
        initialise()
    _seed(torch)
    sites = {str(folder) for folder in paths.needed()}
    # The folder of a checkout was needed to find this package; submissions have no business there.
    sys.path[:] = [name for name in sys.path if any(Path(name).resolve().is_relative_to(s) for s in sites)]
    gc.collect()
    gc.freeze()
    gc.enable()


def _seed(torch: ModuleType) -> None:
    """Seed once for all children: torch's first seeding takes 10 ms, for it formats a stack trace."""
    from grader.sandbox.confine import SEED

    importlib.import_module("numpy.random").seed(SEED)
    torch.manual_seed(SEED)


def _versions() -> dict[str, str]:
    import torch

    return {"python": platform.python_version(), "torch": str(torch.__version__)}
