"""Run a command on a kernel that lacks something: `python -m tests.attacks.poorer namespaces,landlock COMMAND ...`.

A seccomp filter refuses the system calls as such a kernel does: without Landlock they do not exist (before Linux 5.13),
without user namespaces they are not permitted (the default profile of Docker).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from grader.sandbox import kernel

_UNSHARE, _SECCOMP = {"x86_64": (272, 317), "aarch64": (97, 277)}.get(platform.machine(), (0, 0))
_REFUSED = {
    "landlock": dict.fromkeys((444, 445, 446), errno.ENOSYS),
    "namespaces": {_UNSHARE: errno.EPERM},
}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x50000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.c_char_p))


def impoverish(missing: list[str]) -> None:
    """This process and all that it starts lack it from here on."""
    refusals = {number: error for name in missing for number, error in _REFUSED[name].items()}
    steps = [(_LOAD, 0, 0, 0)]
    for number, error in refusals.items():
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | error)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.syscall("seccomp", _SECCOMP, 1, 0, ctypes.byref(_Program(len(steps), code)))


if __name__ == "__main__":
    impoverish(sys.argv[1].split(","))
    os.execv(sys.argv[2], sys.argv[2:])
