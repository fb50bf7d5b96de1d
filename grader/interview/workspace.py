"""The folder of an interview: made by `start`, found again from any file in it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from grader.errors import UsageError
from grader.intake import Refused, read_untrusted
from grader.interview.copies import Copies
from grader.interview.readme import readme
from grader.interview.session import FORMAT, Asked, Session
from grader.pages import one_newline, visible_line
from grader.question import Entry, read_text
from grader.text import Language
from grader.version import __version__

FOLDER = ".grader-session"
FILE = "session.json"
MAX_FILE = 1_000_000  # bytes of session.json


@dataclass(frozen=True)
class Workspace:
    """An interview and where it lies."""

    root: Path
    session: Session

    @property
    def folder(self) -> Path:
        return self.root / FOLDER

    @property
    def copies(self) -> Copies:
        return Copies(self.folder / "copies", self.root)


class _Head(msgspec.Struct, frozen=True):
    format: int


# --- making ---


def start(root: Path, entries: Sequence[Entry], minutes: int, candidate: str, language: Language) -> Workspace:
    """Make a workspace; its time runs from now on.

    Raises UsageError for a folder that is not empty, or can't be written; SpecError for a question that is damaged.
    """
    prepared = [(entry, entry.question.title, read_text(entry.stub), entry.content_hash) for entry in entries]
    _require_empty(root)
    with _blaming(root):
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        copies = Copies(root / FOLDER / "copies", root)
        asked = []
        for entry, title, stub, content_hash in prepared:
            _write_new(root / f"{entry.id}{entry.suffix}", stub.encode())
            suffix: Literal[".py", ".yaml"] = ".yaml" if entry.suffix == ".yaml" else ".py"
            asked.append(Asked(entry.id, title, suffix, content_hash, copies.keep(one_newline(stub))))
        session = Session(
            format=FORMAT,
            id=secrets.token_hex(8),
            candidate=candidate,
            minutes=minutes,
            begun=datetime.now(UTC),
            language=language,
            grader=__version__,
            questions=asked,
        )
        _write_new(root / "README.md", readme(session.candidate, minutes, asked, language).encode())
        (root / FOLDER / "journal.jsonl").touch(exist_ok=False)
        # Last: a folder that was only half made is no workspace.
        _write_new(root / FOLDER / FILE, msgspec.json.format(msgspec.json.encode(session), indent=1) + b"\n")
    return Workspace(root, session)


def _require_empty(root: Path) -> None:
    with _blaming(root):
        if root.is_symlink() and not root.exists():
            raise UsageError(f"{_shown(root)}: is a link that leads nowhere; choose another --dir")
        if root.exists() and not root.is_dir():
            raise UsageError(f"{_shown(root)}: is a file; choose another --dir")
        if root.exists() and any(root.iterdir()):
            raise UsageError(f"{_shown(root)}: is not empty, and nothing is overwritten; choose another --dir")


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)


@contextmanager
def _blaming(root: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{_shown(root)}: the workspace can't be made there: {reason}; choose another --dir") from None


# --- finding ---


def find(inside: Path) -> Workspace | None:
    """The workspace that holds this file or folder; None where there is none.

    Raises UsageError where there is one that can't be read.
    """
    start = Path(os.path.abspath(inside))
    for folder in (start, *start.parents):
        if os.path.lexists(folder / FOLDER / FILE):
            return _load(folder)
    return None


def open_workspace(inside: Path) -> Workspace:
    """The workspace that holds this folder. Raises UsageError where there is none."""
    found = find(inside)
    if found is None:
        raise UsageError(f"{_shown(inside)}: is no interview; `grader session start` makes one, or name its folder")
    return found


def _load(root: Path) -> Workspace:
    path = root / FOLDER / FILE
    try:
        raw = read_untrusted(path, root, MAX_FILE)
        if msgspec.json.decode(raw, type=_Head).format != FORMAT:
            raise UsageError(f"{_shown(path)}: was written by another version of the grader; use that one")
        return Workspace(root, msgspec.json.decode(raw, type=Session))
    except Refused as refused:
        raise UsageError(f"{_shown(path)}: {refused}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{_shown(path)}: is damaged: {error}; restore it from a copy") from None


def _shown(path: Path) -> str:
    return visible_line(str(path))
