"""What binds a single process: limits on resources, capabilities, descriptors, who it is."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
from collections.abc import Collection
from pathlib import Path

from grader.sandbox import kernel, trial

MEGABYTE = 1 << 20
FILE_MEGABYTES = 64  # the largest file
DESCRIPTORS = 128  # a socket holds 200 kB of the kernel's memory, which no other limit counts
THREADS = 64  # of one child: it has a user namespace of its own, and the kernel counts by user and namespace
SIGNALS = 256  # that wait to be delivered
CUDA_MEGABYTES = 2048  # of host memory for a CUDA context and its libraries
PROCESSOR_SECONDS = 3600  # of one child in all; the judge's deadlines come long before
NOBODY = 65521  # in the range that distributions leave free; shared with no daemon
_CAPABILITY_VERSION = 0x20080522


def memory_bytes(field: str) -> int:
    """A line of this process's /proc/self/status that is in kilobytes, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise OSError(errno.ENODATA, f"/proc/self/status has no {field}")


def limit_resources(megabytes: int, cuda: bool, own_users: bool) -> None:
    """Set every limit, soft and hard. Raises OSError.

    own_users: in a user namespace of its own, so that threads of other programs are not counted.
    """
    import resource

    memory = megabytes * MEGABYTE
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: FILE_MEGABYTES * MEGABYTE,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_CPU: PROCESSOR_SECONDS,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: SIGNALS,
    }
    if own_users:
        limits[resource.RLIMIT_NPROC] = THREADS
    if cuda:  # a CUDA context reserves far more addresses than there is memory
        limits[resource.RLIMIT_DATA] = memory_bytes("VmData") + memory + CUDA_MEGABYTES * MEGABYTE
    else:
        limits[resource.RLIMIT_AS] = memory_bytes("VmSize") + memory
        limits[resource.RLIMIT_MEMLOCK] = 0
    for which, value in limits.items():
        _, hard = resource.getrlimit(which)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def drop_capabilities() -> None:
    """Give up every capability, for good; OSError where one is left."""
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:  # past the last capability, or nothing to drop it with
            break
    kernel.prctl(kernel.PR_CAP_AMBIENT, 4)  # clear all
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    kernel.call("capset", header, (ctypes.c_uint32 * 6)())
    left = (ctypes.c_uint32 * 6)()
    kernel.call("capget", header, left)
    if any(left):
        raise OSError(errno.EPERM, "capset: a capability is left")


def become_nobody() -> None:
    """From root to a user that owns nothing. Raises OSError."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else root owns /proc/self/uid_map, and no map can be written
    kernel.die_with_parent(signal.SIGKILL)


def unreadable_by_nobody(paths: Collection[Path]) -> str:
    """Why that user could not run the interpreter, as tried in a process of its own; "" where it could."""

    def attempt() -> None:
        become_nobody()
        for path in paths:
            path.open("rb").close()

    return trial.failure(attempt)


def close_descriptors(keep: Collection[int]) -> None:
    """Close all but some. By the list of open ones: the highest possible number can be a billion."""
    folder = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
    for name in os.listdir(folder):
        if int(name) not in keep:
            with contextlib.suppress(OSError):  # the one that listed the folder is closed already
                os.close(int(name))
