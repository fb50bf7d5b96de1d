"""Which layers of the sandbox work here, found out by putting each one on and testing its effect."""

from __future__ import annotations

import os
import platform
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import kernel, landlock, limits, namespaces, paths, seccomp, trial
from grader.sandbox.policy import LAYERS, Level, lacking
from grader.text import Text

_MEGABYTES = 256  # for the trial of the limits


@dataclass(frozen=True)
class LayerReport:
    """One layer here."""

    name: str
    works: bool
    detail: str  # the kernel's reason where it does not work, else what was seen
    meaning: Text  # what is not protected without it


_MEANINGS = {
    "uid": Text(
        en="Without it workers have the grader's own user: other layers must keep them from its files.",
        zh="缺少时，工作进程与评分程序属于同一用户，只能靠其他层保护该用户的文件。",
    ),
    "namespaces": Text(
        en="Without it workers share the machine's network and process list; seccomp and Landlock stand in.",
        zh="缺少时，工作进程与本机共享网络和进程列表，由 seccomp 和 Landlock 代为防护。",
    ),
    "mounts": Text(
        en="Without it a submission can see that hidden files exist, and fill the disk with temporary files.",
        zh="缺少时，提交的代码能察觉隐藏文件的存在，并可能用临时文件占满磁盘。",
    ),
    "rlimits": Text(
        en="Without it nothing bounds memory, threads and the size of files.",
        zh="缺少时，内存、线程数和文件大小都没有上限。",
    ),
    "capabilities": Text(
        en="Without it a worker that was started by root keeps root's privileges.",
        zh="缺少时，由 root 启动的工作进程会保留 root 的特权。",
    ),
    "no_new_privs": Text(
        en="Without it privileges could be gained again, and seccomp and Landlock can't be put on.",
        zh="缺少时，进程可能重新获得特权，也无法启用 seccomp 和 Landlock。",
    ),
    "landlock": Text(
        en="Without it a submission can read every file that its user can read, /etc and /proc included.",
        zh="缺少时，提交的代码能读取该用户可读的所有文件，包括 /etc 和 /proc。",
    ),
    "seccomp": Text(
        en="Without it a submission can start programs, open sockets and send signals to its siblings.",
        zh="缺少时，提交的代码能启动其他程序、打开套接字，并向同级进程发送信号。",
    ),
}


def examine() -> list[LayerReport]:
    """Try every layer, each in a process of its own. Takes some milliseconds; does not import torch."""
    trials: dict[str, tuple[Callable[[], None], str]] = {
        "uid": (_try_uid, f"workers run as uid {limits.NOBODY}"),
        "namespaces": (_try_namespaces, "user, process, network, IPC and mount namespaces"),
        "mounts": (_try_mounts, "everything is read-only but a small tmpfs"),
        "rlimits": (_try_limits, "memory is limited by address space (with CUDA: by data)"),
        "capabilities": (limits.drop_capabilities, "none is left"),
        "no_new_privs": (_set_no_new_privs, "set"),
        "landlock": (_try_landlock, "files are closed"),
        "seccomp": (_try_seccomp, f"{len(_allowed())} system calls are allowed on {platform.machine()}"),
    }
    return [_report(name, *trials[name]) for name in LAYERS]


def strongest(reports: list[LayerReport]) -> Level:
    """The strictest level that can be asked for here."""
    working = [report.name for report in reports if report.works]
    return next(level for level in Level if lacking(level, working) is None)


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _report(name: str, attempt: Callable[[], None], seen: str) -> LayerReport:
    if sys.platform != "linux":
        return LayerReport(name, False, f"it needs Linux, and this is {sys.platform}", _MEANINGS[name])
    reason = trial.failure(attempt)
    detail = reason or "; ".join([seen, *(_landlock_notes() if name == "landlock" else [])])
    return LayerReport(name, not reason, detail, _MEANINGS[name])


def _allowed() -> dict[str, int]:
    from grader.sandbox import syscalls

    known = platform.machine() in syscalls.ARCHITECTURES
    return syscalls.allowed(platform.machine()) if known else {}


def _landlock_notes() -> list[str]:
    version = landlock.abi()
    return [f"version {version}", *landlock.shortcomings(version).values()]


def _try_uid() -> None:
    if os.geteuid() != 0:
        raise OSError("only root can give workers another user; they have yours")
    if reason := limits.unreadable_by_nobody(paths.probes()):
        raise OSError(f"no other user can run the interpreter: {reason}")


def _try_namespaces() -> None:
    namespaces.enter()
    names = [name for _, name in socket.if_nameindex()]
    if names not in ([], ["lo"]):
        raise OSError(f"the network is still there: {', '.join(names)}")
    namespaces.leave_users()


def _try_mounts() -> None:
    namespaces.enter()
    namespaces.close_trees((paths.PACKAGE,), ())
    if list(paths.PACKAGE.iterdir()):
        raise OSError("a hidden folder is not empty")
    if os.access("/", os.W_OK):
        raise OSError("the root folder can be written")


def _try_limits() -> None:
    limits.limit_resources(_MEGABYTES, cuda=False, own_users=False)
    try:
        bytearray(2 * _MEGABYTES * limits.MEGABYTE)
    except MemoryError:
        return
    raise OSError("more memory could be had than the limit allows")


def _set_no_new_privs() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def _try_landlock() -> None:
    _set_no_new_privs()
    landlock.restrict(paths.rules("cpu", ()))
    _expect_refusal(lambda: Path("/etc/passwd").read_bytes(), "a file outside the rules could be read")


def _try_seccomp() -> None:
    _set_no_new_privs()
    seccomp.Filter(platform.machine()).install()
    _expect_refusal(lambda: socket.socket().close(), "a socket could be opened")


def _expect_refusal(action: Callable[[], object], complaint: str) -> None:
    try:
        action()
    except PermissionError:
        return
    raise OSError(complaint)
