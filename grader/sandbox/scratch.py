"""Work dirs where there are no mounts of one's own: made and removed by the zygote, never by the judge."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class TooManyEntries(Exception):
    """There are more entries than were to be removed at once."""


def remove(folder: Path, most: int | None = None) -> None:
    """Remove a tree that was made by a hostile process, which has ended.

    Follows no link, and never holds more than two folders open: what is deeper is moved up first.
    most: entries to remove; raises TooManyEntries where there are more, and can be called again.
    """
    try:
        top = os.open(folder, _FOLDER)
    except FileNotFoundError:
        return
    try:
        _Remover(top, most).run()
    finally:
        os.close(top)
    os.rmdir(folder)


class _Remover:
    def __init__(self, top: int, most: int | None) -> None:
        self._top = top
        self._most = most
        self._moved = 0

    def run(self) -> None:
        while names := os.listdir(self._top):
            for name in names:
                if self._is_folder(name, self._top):
                    self._empty(name)
                    os.rmdir(name, dir_fd=self._top)
                else:
                    os.unlink(name, dir_fd=self._top)

    def _is_folder(self, name: str, parent: int) -> bool:
        """Every entry comes by here once. A folder is made writable: it will lose entries, or be moved."""
        if self._most is not None:
            self._most -= 1
            if self._most < 0:
                raise TooManyEntries
        if not stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            return False
        os.chmod(name, 0o700, dir_fd=parent)  # no link, and nobody is left who could make it one
        return True

    def _empty(self, name: str) -> None:
        inner = os.open(name, _FOLDER, dir_fd=self._top)
        try:
            for entry in os.listdir(inner):
                if self._is_folder(entry, inner):
                    os.rename(entry, self._free_name(), src_dir_fd=inner, dst_dir_fd=self._top)
                else:
                    os.unlink(entry, dir_fd=inner)
        finally:
            os.close(inner)

    def _free_name(self) -> str:
        while True:
            self._moved += 1
            name = f"moved-{self._moved}"
            try:
                os.stat(name, dir_fd=self._top, follow_symlinks=False)
            except FileNotFoundError:
                return name
