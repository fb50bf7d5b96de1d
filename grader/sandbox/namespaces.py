"""Namespaces and mounts: no network, no other processes, hidden trees, all read-only but a small tmpfs.

They alone stop stat of hidden paths, filling the disk and chmod of other people's files.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox import kernel, trial

_NEW_MOUNTS, _NEW_IPC, _NEW_USER = 0x20000, 0x8000000, 0x10000000
_NEW_PIDS, _NEW_NETWORK = 0x20000000, 0x40000000
_NOSUID, _NODEV, _NOEXEC, _BIND, _RECURSIVE, _PRIVATE = 2, 4, 8, 0x1000, 0x4000, 1 << 18
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_ATTR_READ_ONLY, _ATTR_NOSUID = 1, 2
_MOUNT_SETATTR = 442

_HINTS = {
    errno.ENOSPC: "; the setting user.max_user_namespaces is used up or 0",
    errno.EPERM: "; a container's profile or kernel.apparmor_restrict_unprivileged_userns forbids them",
}

SCRATCH_MEGABYTES = 64
SCRATCH = Path("/tmp/scratch")  # the work dir of a child that has its own mounts
SHARED = Path("/dev/shm")
TEMPORARY = Path("/tmp")
_OVERFLOW = 65534  # what root is called inside


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def enter() -> None:
    """Leave the machine's users, mounts, network, IPC and, for the next child, processes. Raises OSError.

    The process must have one thread. Inside it has every capability and the same uid (root: 65534).
    """
    uid, gid = os.geteuid(), os.getegid()
    flags = _NEW_USER | _NEW_MOUNTS | _NEW_PIDS | _NEW_NETWORK | _NEW_IPC
    try:
        kernel.call("unshare", ctypes.c_int(flags))
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "")
        raise OSError(error.errno, f"{error.strerror}{hint}") from None
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid or _OVERFLOW} {uid} 1")
    _write("/proc/self/gid_map", f"{gid or _OVERFLOW} {gid} 1")


def leave_users() -> None:
    """A user namespace of its own for one child, in which the kernel counts its threads. Raises OSError.

    No user is mapped in it, so it can't be used for anything else. The process must have one thread.
    """
    kernel.call("unshare", ctypes.c_int(_NEW_USER))


def _mount(source: str, target: Path, kind: str | None, flags: int, options: str = "") -> None:
    try:
        kernel.call(
            "mount",
            source.encode(),
            os.fsencode(target),
            kind.encode() if kind else None,
            ctypes.c_ulong(flags),
            options.encode() or None,
        )
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror} ({target})") from None


def _tmpfs(target: Path, options: str) -> None:
    _mount("tmpfs", target, "tmpfs", _NOSUID | _NODEV | _NOEXEC, options)


def make_private() -> None:
    """Keep mounts made from here on to this namespace."""
    _mount("none", Path("/"), None, _RECURSIVE | _PRIVATE)


def hide(path: Path) -> None:
    """Put nothing where a tree or a file is; what this user can't reach is hidden already."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    if stat.S_ISDIR(mode):
        _tmpfs(path, "size=4k,nr_inodes=2,mode=0")
    else:
        _mount("/dev/null", path, None, _BIND)


def make_read_only() -> None:
    """The whole tree, with everything mounted in it; needs Linux 5.12."""
    attributes = (ctypes.c_uint64 * 4)(_ATTR_READ_ONLY | _ATTR_NOSUID, 0, 0, 0)
    arguments = (_AT_FDCWD, b"/", _AT_RECURSIVE, attributes, ctypes.sizeof(attributes))
    kernel.syscall("mount_setattr", _MOUNT_SETATTR, *arguments)


def close_trees(hidden: Iterable[Path], kept: Iterable[Path]) -> None:
    """Hide some trees and make the rest read-only, for this process and all its children. Raises OSError.

    kept: as for scratch(), which is tried first: once all is read-only, there is no other place to write.
    """
    if reason := trial.failure(lambda: scratch(kept)):
        raise OSError(reason)
    make_private()
    for path in hidden:
        hide(path)
    make_read_only()


def scratch(kept: Iterable[Path]) -> Path:
    """A small tmpfs of one's own over /tmp and /dev/shm; returns the work dir in it. Raises OSError.

    kept: paths that must stay visible; those below /tmp are mounted again inside.
    """
    kernel.call("unshare", ctypes.c_int(_NEW_MOUNTS | _NEW_IPC))
    _tmpfs(SHARED, f"size={SCRATCH_MEGABYTES}m,nr_inodes=4096,mode=1777")
    for path in kept:
        if path.is_relative_to(TEMPORARY):
            again = SHARED / path.relative_to(TEMPORARY)
            again.mkdir(parents=True, exist_ok=True)
            _mount(str(path), again, None, _BIND | _RECURSIVE)
    _mount(str(SHARED), TEMPORARY, None, _BIND | _RECURSIVE)
    with contextlib.suppress(FileExistsError):
        SCRATCH.mkdir(mode=0o700)
    return SCRATCH
