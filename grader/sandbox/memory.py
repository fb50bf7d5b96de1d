"""Making a large process cheap to fork."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from pathlib import Path

from grader.sandbox import kernel

_MADV_COLLAPSE = 25  # since Linux 6.1
_HUGE = 2 << 20  # bytes of a large page


def use_large_pages() -> None:
    """Collapse this process's anonymous memory into large pages, as far as the kernel goes along.

    A fork copies the table of pages and an exit frees it: with 200 MB in pages of 4 kB that is 11 ms of
    processor time for each child, with large pages 4. Doing this takes about half a second.
    """
    with contextlib.suppress(OSError):
        for begin, end in _anonymous():
            for address in range(-(-begin // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE):
                with contextlib.suppress(OSError):  # one piece that can't be collapsed says nothing of the next
                    _collapse(address)


def _anonymous() -> Iterator[tuple[int, int]]:
    """First and last address of each private writable mapping that is no file."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        fields = line.split()
        if fields[1] == "rw-p" and (len(fields) == 5 or fields[5] == "[heap]"):
            begin, end = (int(part, 16) for part in fields[0].split("-"))
            yield begin, end


def _collapse(address: int) -> None:
    kernel.call("madvise", ctypes.c_void_p(address), ctypes.c_size_t(_HUGE), ctypes.c_int(_MADV_COLLAPSE))
