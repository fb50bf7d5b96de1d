"""The filter on system calls: a list of what is allowed, as a program for the kernel's BPF machine.

It alone stops fork and exec, every kind of socket, SysV memory and queues, ptrace, file locks between
siblings and signals to others. It is installed last, since it refuses much of what the other layers need.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket

from grader.sandbox import kernel, syscalls

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000  # numbers of the x32 interface begin here: a second way to every call

_CLONE_THREAD = 0x10000
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_SIGKILL, _SIGSTOP = 9, 19
_TERMINAL_QUESTIONS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, ...
_SIGNAL_OWNERS = (0x8901, 0x8902, 0x5452)  # FIOSETOWN, SIOCSPGRP, FIOASYNC: a way to send signals
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_NAMES_AND_QUESTIONS = (15, 16, 3, 0x53564D41, 39, 21)  # PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, ...
_DESCRIPTOR_FLAGS = (0, 1, 2, 3, 4, 1030, 1032)  # F_DUPFD ... F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ

_PEER_OPTIONS = (17, 31, 59, 77)  # SO_PEERCRED, SO_PEERSEC, SO_PEERGROUPS, SO_PEERPIDFD: who the judge is

_OWN = 0xFFFFFFF0  # stands for the process's own id until that is known; no id is so high

_PASS: Instruction = (_RETURN, 0, 0, _ALLOW)


def _refuse(number: int) -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | number)


def _load(argument: int, high: bool = False) -> Instruction:
    """Half of an argument. Both architectures are little-endian, so the low half comes first."""
    return (_LOAD, 0, 0, 16 + 8 * argument + (4 if high else 0))


def _when_equal(value: int, then: Instruction) -> list[Instruction]:
    return [(_EQUAL, 0, 1, value), then]


def _only(argument: int, values: tuple[int, ...], refusal: int) -> list[Instruction]:
    passes = [step for value in values for step in _when_equal(value, _PASS)]
    return [_load(argument), *passes, _refuse(refusal)]


def _never(argument: int, values: tuple[int, ...], refusal: int) -> list[Instruction]:
    refusals = [step for value in values for step in _when_equal(value, _refuse(refusal))]
    return [_load(argument), *refusals, _PASS]


def _to_oneself(signal_argument: int) -> list[Instruction]:
    """Only to itself, and never SIGKILL: a death by SIGKILL then comes from the judge or the kernel."""
    return [
        _load(0),
        (_EQUAL, 1, 0, _OWN),
        _refuse(errno.EPERM),
        *_never(signal_argument, (_SIGKILL, _SIGSTOP), errno.EPERM),
    ]


def _null(argument: int) -> list[Instruction]:
    """Pass where a pointer is NULL."""
    return [
        _load(argument),
        (_EQUAL, 0, 3, 0),
        _load(argument, high=True),
        (_EQUAL, 0, 1, 0),
        _PASS,
        _refuse(errno.EPERM),
    ]


def _stream_pair() -> list[Instruction]:
    """Unix streams only: a datagram socket could be pointed at any socket of the machine by sendto."""
    kind = [_load(1), (_AND, 0, 0, 0xF), *_when_equal(socket.SOCK_STREAM, _PASS), _refuse(errno.EPERM)]
    return [_load(0), (_EQUAL, 1, 0, socket.AF_UNIX), _refuse(errno.EPERM), *kind]


def _checked(cuda: bool) -> dict[str, list[Instruction]]:
    """The rules of the calls whose arguments decide; each ends in a return."""
    denied = [_refuse(errno.EPERM)]
    mapping = [_load(3), (_AND, 0, 0, _SHARED_ANONYMOUS), *_when_equal(_SHARED_ANONYMOUS, denied[0]), _PASS]
    ioctl = _never(1, _SIGNAL_OWNERS + _TERMINAL_INPUT, errno.ENOTTY)
    return {
        "clone": [_load(0), (_ANY_BIT, 0, 1, _CLONE_THREAD), _PASS, *denied],
        "clone3": [_refuse(errno.ENOSYS)],  # its flags are behind a pointer; glibc falls back to clone
        "kill": _to_oneself(1),
        "tgkill": _to_oneself(2),
        # RLIMIT_DATA, which stands in for RLIMIT_AS with CUDA, does not count shared anonymous memory.
        "mmap": mapping if cuda else [_PASS],
        "ioctl": ioctl if cuda else _only(1, _TERMINAL_QUESTIONS, errno.ENOTTY),
        "prlimit64": _null(2),
        "prctl": _only(0, _NAMES_AND_QUESTIONS, errno.EPERM),
        "socketpair": _stream_pair(),
        "fcntl": _only(1, _DESCRIPTOR_FLAGS, errno.EPERM),  # no locks, no leases, no owner to signal
        "flock": [_refuse(errno.ENOSYS)],
        "getsockopt": _never(2, _PEER_OPTIONS, errno.ENOPROTOOPT),
        # RWF_NOWAIT tells what is in the page cache, by which one submission could leave word for the next.
        # Without flags glibc falls back to preadv and pwritev.
        "preadv2": [_refuse(errno.ENOSYS)],
        "pwritev2": [_refuse(errno.ENOSYS)],
        "sched_setaffinity": _only(0, (0, _OWN), errno.EPERM),  # siblings have the same uid
    }


def program(architecture: str, cuda: bool = False, change_modes: bool = True) -> list[Instruction]:
    """The filter, with _OWN for the process's id. change_modes: allow chmod and its relatives."""
    if architecture not in syscalls.ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"seccomp: no table of system calls for {architecture}")
    steps = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, _AUDIT[architecture]), (_RETURN, 0, 0, _KILL)]
    steps += [(_LOAD, 0, 0, _NUMBER)]
    ceiling = _X32 if architecture == "x86_64" else syscalls.NEWEST
    for above in (ceiling, syscalls.NEWEST):
        steps += [(_AT_LEAST, 0, 1, above), _refuse(errno.ENOSYS)]
    numbers = syscalls.checked(architecture)
    for name, rule in _checked(cuda).items():
        steps += [(_EQUAL, 0, len(rule), numbers[name]), *rule]
    open_calls = syscalls.allowed(architecture) | (syscalls.modes(architecture) if change_modes else {})
    for number in open_calls.values():
        steps += _when_equal(number, _PASS)
    return [*steps, _refuse(errno.EPERM)]


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Instruction)))


class Filter:
    """A filter that is assembled once and installed in many processes. Raises OSError."""

    def __init__(self, architecture: str, cuda: bool = False, change_modes: bool = True) -> None:
        steps = program(architecture, cuda, change_modes)
        self._array = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
        self._own = [place for place, step in enumerate(steps) if step[0] == _EQUAL and step[3] == _OWN]
        self._call = syscalls.checked(architecture)["seccomp"]

    def install(self) -> None:
        """Filter this process from now on; it must have no_new_privs."""
        for place in self._own:
            self._array[place].k = os.getpid()
        whole = _Program(len(self._array), self._array)
        kernel.syscall("seccomp", self._call, 1, 0, ctypes.byref(whole))
