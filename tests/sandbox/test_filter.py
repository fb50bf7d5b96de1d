"""The seccomp program, run on paper: for both architectures, though only one is at hand."""

from __future__ import annotations

import errno
import os
import re
import socket
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sandbox import seccomp, syscalls
from grader.sandbox.seccomp import Instruction, program

ALLOWED, KILLED = "allowed", "killed"
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
REFUSED = {
    "x86_64": {
        "execve": 59,
        "fork": 57,
        "socket": 41,
        "ptrace": 101,
        "io_uring_setup": 425,
        "memfd_create": 319,
    },
    "aarch64": {"execve": 221, "socket": 198, "ptrace": 117, "io_uring_setup": 425, "memfd_create": 279},
}


def decide(steps: list[Instruction], architecture: int, number: int, *arguments: int) -> str:
    """What the kernel's machine would return."""
    padded = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    place, held = 0, 0
    jumps: dict[int, Callable[[int], bool]] = {
        0x15: lambda k: held == k,
        0x35: lambda k: held >= k,
        0x45: lambda k: bool(held & k),
    }
    while True:
        code, when_true, when_false, k = steps[place]
        place += 1
        if code == 0x20:
            (held,) = struct.unpack_from("<I", data, k)
        elif code == 0x54:
            held &= k
        elif code == 0x06:
            return {0x7FFF0000: ALLOWED, 0x80000000: KILLED}.get(k, errno.errorcode.get(k & 0xFFFF, "?"))
        else:
            place += when_true if jumps[code](k) else when_false


@pytest.fixture(params=ARCHITECTURES)
def architecture(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def call(architecture: str, name: str, *arguments: int, cuda: bool = False, change_modes: bool = True) -> str:
    numbers = syscalls.allowed(architecture) | syscalls.modes(architecture) | syscalls.checked(architecture)
    steps = program(architecture, cuda, change_modes)
    return decide(steps, ARCHITECTURES[architecture], numbers[name], *arguments)


def test_every_listed_call_is_allowed_and_jumps_stay_short(architecture: str) -> None:
    steps = program(architecture)
    for number in syscalls.allowed(architecture).values():
        assert decide(steps, ARCHITECTURES[architecture], number) == ALLOWED
    assert len(steps) < 4096
    assert all(0 <= jump < 256 for _, yes, no, _ in steps for jump in (yes, no))


def test_what_is_not_listed_is_refused(architecture: str) -> None:
    steps = program(architecture)
    for number in REFUSED[architecture].values():
        assert decide(steps, ARCHITECTURES[architecture], number) == "EPERM"
    assert decide(steps, ARCHITECTURES[architecture], syscalls.NEWEST + 5) == "ENOSYS"


def test_a_foreign_architecture_kills(architecture: str) -> None:
    assert decide(program(architecture), 0x40000003, 1) == KILLED


def test_the_second_interface_of_x86_64_does_not_exist() -> None:
    assert decide(program("x86_64"), ARCHITECTURES["x86_64"], 0x40000000 + 59) == "ENOSYS"


def test_threads_may_be_made_and_processes_not(architecture: str) -> None:
    assert call(architecture, "clone", 0x3D0F00) == ALLOWED  # what pthread_create passes
    assert call(architecture, "clone", 0x1200011) == "EPERM"  # what fork passes
    assert call(architecture, "clone3", 1) == "ENOSYS"


def test_signals_go_to_oneself_only(architecture: str) -> None:
    own = seccomp._OWN
    assert call(architecture, "kill", own, 15) == ALLOWED
    assert call(architecture, "tgkill", own, 7, 6) == ALLOWED
    assert call(architecture, "kill", own, 9) == "EPERM"
    assert call(architecture, "tgkill", own, 7, 19) == "EPERM"
    assert call(architecture, "kill", 1, 15) == "EPERM"
    assert call(architecture, "kill", 0xFFFFFFFF, 15) == "EPERM"


def test_pairs_of_sockets_are_unix_streams(architecture: str) -> None:
    close_on_exec = 0o2000000
    assert call(architecture, "socketpair", socket.AF_UNIX, socket.SOCK_STREAM | close_on_exec) == ALLOWED
    assert call(architecture, "socketpair", socket.AF_UNIX, socket.SOCK_DGRAM) == "EPERM"
    assert call(architecture, "socketpair", socket.AF_INET, socket.SOCK_STREAM) == "EPERM"


def test_who_is_at_the_other_end_of_a_socket_is_not_told(architecture: str) -> None:
    assert call(architecture, "getsockopt", 5, socket.SOL_SOCKET, socket.SO_TYPE) == ALLOWED
    for option in (17, 31, 59, 77):
        assert call(architecture, "getsockopt", 5, socket.SOL_SOCKET, option) == "ENOPROTOOPT"


def test_what_is_in_the_page_cache_is_not_told(architecture: str) -> None:
    assert call(architecture, "preadv2", 5, 0, 1, 0, 0, 8) == "ENOSYS"
    assert call(architecture, "pwritev2", 5, 0, 1, 0, 0, 0) == "ENOSYS"
    assert not {"fadvise64", "mincore", "timer_create", "setsockopt"} & set(syscalls.allowed(architecture))


def test_limits_can_be_read_and_not_set(architecture: str) -> None:
    assert call(architecture, "prlimit64", 0, 7, 0, 1) == ALLOWED
    assert call(architecture, "prlimit64", 0, 7, 1, 0) == "EPERM"
    assert call(architecture, "prlimit64", 0, 7, 1 << 32, 0) == "EPERM"


def test_shared_anonymous_memory_is_refused_with_cuda_where_no_limit_counts_it(architecture: str) -> None:
    assert call(architecture, "mmap", 0, 4096, 3, 0x21) == ALLOWED
    assert call(architecture, "mmap", 0, 4096, 3, 0x21, cuda=True) == "EPERM"
    assert call(architecture, "mmap", 0, 4096, 3, 0x22, cuda=True) == ALLOWED


def test_device_calls_are_for_cuda_only(architecture: str) -> None:
    nvidia, set_owner, inject = 0xC020462A, 0x8901, 0x5412
    assert call(architecture, "ioctl", 5, nvidia) == "ENOTTY"
    assert call(architecture, "ioctl", 5, nvidia, cuda=True) == ALLOWED
    assert call(architecture, "ioctl", 5, set_owner, cuda=True) == "ENOTTY"
    assert call(architecture, "ioctl", 5, inject, cuda=True) == "ENOTTY"
    assert call(architecture, "ioctl", 0, 0x5401) == ALLOWED  # isatty


def test_modes_change_only_where_mounts_protect_the_rest(architecture: str) -> None:
    assert call(architecture, "fchmodat") == ALLOWED
    assert call(architecture, "fchmodat", change_modes=False) == "EPERM"


def test_an_unknown_architecture_has_no_filter() -> None:
    with pytest.raises(OSError, match="riscv64"):
        program("riscv64")


HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",
}


def test_numbers_are_those_of_the_kernels_headers(architecture: str) -> None:
    header = Path(HEADERS[architecture])
    if not header.exists():
        pytest.skip("the kernel's headers are not installed")
    known = {name: int(n) for name, n in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())}
    table = syscalls.allowed(architecture) | syscalls.modes(architecture) | syscalls.checked(architecture)
    renamed = {"newfstatat": "fstatat"} if architecture == "aarch64" else {}
    compared = {name: known[renamed.get(name, name)] for name in table if renamed.get(name, name) in known}
    assert len(compared) > 150
    assert compared == {name: table[name] for name in compared}


def test_calls_newer_than_the_tables_split_have_one_number_everywhere() -> None:
    first, second = (syscalls.allowed(name) | syscalls.modes(name) for name in syscalls.ARCHITECTURES)
    assert {name: n for name, n in first.items() if n >= 424} == {n: v for n, v in second.items() if v >= 424}


def test_the_filter_puts_in_its_own_number() -> None:
    filled = seccomp.Filter("x86_64")
    assert len(filled._own) == 3
    assert os.getpid() != seccomp._OWN
