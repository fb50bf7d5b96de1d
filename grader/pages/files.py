"""Files that are either the old ones or the new ones, never half of a new one."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.errors import UsageError

_ANOTHER_REPORT = "mend that or choose another folder for the report"


@contextmanager
def _blaming(path: Path, remedy: str = _ANOTHER_REPORT) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{path}: cannot be written ({reason}); {remedy}") from error


_BESIDE = re.compile(r"\..+\.[0-9a-f]{8}")  # as Replacement names them


def remove_torn(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder; nobody else may be writing there."""
    with _blaming(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            if _BESIDE.fullmatch(path.name):
                path.unlink(missing_ok=True)


class Replacement:
    """A text file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Raises UsageError where the folder can't be written, with the remedy as what to do. Errors of the block itself
    pass unchanged.
    """

    def __init__(self, path: Path, remedy: str = _ANOTHER_REPORT) -> None:
        self._path = path
        self._remedy = remedy
        self._beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")

    def __enter__(self) -> Self:
        with _blaming(self._path, self._remedy):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._beside.open("x", encoding="utf-8", newline="\n")
        return self

    def write(self, text: str) -> None:
        with _blaming(self._path, self._remedy):
            self._file.write(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with _blaming(self._path, self._remedy):
                self._file.close()
                if error is None:
                    os.replace(self._beside, self._path)
        finally:
            self._beside.unlink(missing_ok=True)
