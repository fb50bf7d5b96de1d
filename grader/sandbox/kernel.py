"""Calls to the kernel that Python 3.11 has no function for. Linux only; importing it is safe anywhere."""

from __future__ import annotations

import ctypes
import functools
import os
import sys

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47


@functools.cache
def _libc() -> ctypes.CDLL:
    if sys.platform != "linux":
        raise OSError("this layer needs Linux")
    return ctypes.CDLL(None, use_errno=True)


def call(function: str, *arguments: object) -> int:
    """A function of the C library; raises OSError with its name where it returns a negative number."""
    result: int = getattr(_libc(), function)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")
    return result


def syscall(name: str, number: int, *arguments: object) -> int:
    """A system call by number; plain ints are widened to a register."""
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result: int = _libc().syscall(ctypes.c_long(number), *wide)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """prctl(2) with the unused arguments as zeros, which the kernel insists on."""
    padded = (*arguments, 0, 0, 0, 0)[:4]
    return call("prctl", ctypes.c_int(option), *(ctypes.c_ulong(a) for a in padded))


def die_with_parent(signal_number: int) -> None:
    """Have the kernel kill this process when its parent goes; undone by every change of credentials."""
    prctl(PR_SET_PDEATHSIG, signal_number)
