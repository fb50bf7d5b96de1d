"""Reading the files of a bank: nothing that leaves it through a link, no pipes, and errors of one sentence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from grader.errors import SpecError
from grader.question.positions import plain_file, shown
from grader.verdict import Verdict

# The folders of solutions are called by the verdict that these must get.
FOLDERS = tuple(verdict for verdict in Verdict if verdict not in (Verdict.SKIPPED, Verdict.GRADER_ERROR))


def read_bytes(path: Path) -> bytes:
    """A file of a bank. Raises SpecError where it can't be read, or is a pipe or a device."""
    try:
        plain_file(path)
        return path.read_bytes()
    except OSError as error:
        raise SpecError(f"{shown(path)}: can't be read: {error.strerror or error}") from None


def read_text(path: Path) -> str:
    """A text file of a bank. Raises SpecError where it can't be read or is not UTF-8."""
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise SpecError(f"{shown(path)}: not UTF-8") from None


def inside(path: Path, root: Path) -> Path:
    """The path, if it does not leave the bank `root` through a link. Raises SpecError."""
    if leaves(path, root):
        raise SpecError(f"{shown(path)}: this link leaves the bank")
    return path


def leaves(path: Path, root: Path) -> bool:
    """Whether the path leads out of the folder through links, or nowhere at all."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of links
        return True


def listed(folder: Path) -> list[Path]:
    """What is in a folder; nothing where it does not exist."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SpecError(f"{shown(folder)}: can't be read: {error.strerror or error}") from None


def hash_of(folders: Iterable[Path], root: Path) -> str:
    """sha256 over the names and bytes of all files in the folders <tree>/<topic>/<id> of the bank `root`."""
    total = hashlib.sha256()
    for folder in folders:
        for path in _files(folder):
            name = f"{folder.parent.parent.name}/{path.relative_to(folder).as_posix()}"
            content = read_bytes(inside(path, root))
            total.update(f"{len(name)} {name} {len(content)} ".encode())
            total.update(content)
    return total.hexdigest()


def _files(root: Path) -> list[Path]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        found += [Path(folder, name) for name in files if not name.startswith(".") and not name.endswith(".pyc")]
    return sorted(found)
