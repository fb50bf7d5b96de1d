"""Work dirs where there are no mounts of one's own: made and removed by the zygote, never by the judge."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def remove(folder: Path) -> None:
    """Remove a tree that was made by a hostile process, which has ended.

    Follows no link, and never holds more than two folders open: what is deeper is moved up first.
    """
    try:
        top = os.open(folder, _FOLDER)
    except FileNotFoundError:
        return
    try:
        count = 0
        while names := os.listdir(top):
            for name in names:
                count = _remove_entry(top, name, count)
    finally:
        os.close(top)
    os.rmdir(folder)


def _remove_entry(top: int, name: str, count: int) -> int:
    if not stat.S_ISDIR(os.stat(name, dir_fd=top, follow_symlinks=False).st_mode):
        os.unlink(name, dir_fd=top)
        return count
    os.chmod(name, 0o700, dir_fd=top)  # not a link, and nobody is left who could make it one
    inner = os.open(name, _FOLDER, dir_fd=top)
    try:
        for entry in os.listdir(inner):
            count = _move_up(top, inner, entry, count)
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=top)
    return count


def _move_up(top: int, inner: int, entry: str, count: int) -> int:
    """Files go at once; a folder gets a name in the top one that is free."""
    if not stat.S_ISDIR(os.stat(entry, dir_fd=inner, follow_symlinks=False).st_mode):
        os.unlink(entry, dir_fd=inner)
        return count
    os.chmod(entry, 0o700, dir_fd=inner)  # a folder that is moved must be writable: its ".." changes
    while True:
        count += 1
        try:
            os.stat(f"moved-{count}", dir_fd=top, follow_symlinks=False)
        except FileNotFoundError:
            os.rename(entry, f"moved-{count}", src_dir_fd=inner, dst_dir_fd=top)
            return count
