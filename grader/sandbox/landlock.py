"""Landlock: which files may be opened, no TCP, no signals and no abstract sockets to others.

It alone stops reading of /etc and /proc. Three system calls over ctypes; docs/sandbox.md says why no
binding is used. Rights that a kernel does not know yet are left out and named in the notes.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from grader.sandbox import kernel

# linux/landlock.h: EXECUTE is bit 0, and is never granted.
_WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(1, 6))
_MAKE_DIR, _MAKE_FILE, _MAKE_SYMLINK = 1 << 7, 1 << 8, 1 << 12
_REFER, _TRUNCATE, _DEVICE_IOCTL = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = 1 | _WRITE_FILE | _READ_FILE | _TRUNCATE | _DEVICE_IOCTL
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446

READ = _READ_FILE | _READ_DIR
_CHANGE = _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_FILE | _MAKE_SYMLINK | _REFER
WRITE = READ | _CHANGE | _WRITE_FILE | _TRUNCATE
DEVICE = _READ_FILE | _WRITE_FILE | _DEVICE_IOCTL


@dataclass(frozen=True)
class PathRule:
    """Rights on a path and on everything below it."""

    path: str
    rights: int


def abi() -> int:
    """The version of Landlock that this kernel has. Raises OSError where it has none."""
    return kernel.syscall("landlock_create_ruleset", _CREATE_RULESET, None, 0, 1)


def _handled(version: int) -> int:
    newer = (_REFER, 2), (_TRUNCATE, 3), (_DEVICE_IOCTL, 5)
    return (1 << 13) - 1 | sum(right for right, since in newer if version >= since)


def shortcomings(version: int) -> dict[str, str]:
    """What an older Landlock does not do, by name of the part."""
    parts = ("landlock network", 4, "TCP"), ("landlock scope", 6, "signals and abstract sockets")
    return {
        name: f"Landlock here is version {version}; it restricts {what} from {since} on"
        for name, since, what in parts
        if version < since
    }


def _ruleset(version: int) -> int:
    network = 3 if version >= 4 else 0  # bind and connect
    scope = 3 if version >= 6 else 0  # abstract sockets and signals
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = struct.pack("=QQQ", _handled(version), network, scope)[:size]
    buffer = ctypes.create_string_buffer(attributes, size)
    return kernel.syscall("landlock_create_ruleset", _CREATE_RULESET, buffer, size, 0)


def _allow(ruleset: int, rule: PathRule, handled: int) -> None:
    try:
        descriptor = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return  # what is not there, or may not be looked at, needs no right
    try:
        rights = rule.rights & handled
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _FILE_RIGHTS  # the kernel refuses a rule with rights that a file can't have
        packed = struct.pack("=Qi", rights, descriptor)
        kernel.syscall("landlock_add_rule", _ADD_RULE, ruleset, 1, ctypes.create_string_buffer(packed, 12), 0)
    finally:
        os.close(descriptor)


def restrict(rules: Iterable[PathRule]) -> dict[str, str]:
    """Confine this process to some paths; returns shortcomings(). Needs no_new_privs. Raises OSError."""
    version = abi()
    ruleset = _ruleset(version)
    try:
        for rule in rules:
            _allow(ruleset, rule, _handled(version))
        kernel.syscall("landlock_restrict_self", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return shortcomings(version)
