"""Copies of what was graded, each once, under the hash of its text."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from grader.intake import MAX_SOURCE, Refused, read_untrusted

_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Copies:
    """The folder of the copies, in a workspace."""

    folder: Path
    root: Path  # of the workspace; links below it are not followed

    def keep(self, text: str) -> str:
        """Write a text, if it is not there yet, and return its name. Raises OSError."""
        raw = text.encode("utf-8", "backslashreplace")
        name = hashlib.sha256(raw).hexdigest()
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = self.folder / f".{name[:16]}.{secrets.token_hex(4)}"
            try:
                beside.write_bytes(raw)
                os.replace(beside, path)
            finally:
                beside.unlink(missing_ok=True)
        return name

    def read(self, name: str) -> str | None:
        """A text by its name; None where it is missing or is no longer what it was."""
        if not _NAME.fullmatch(name):  # it comes from a journal that anybody can edit, and becomes a path
            return None
        try:
            raw = read_untrusted(self.folder / name, self.root, MAX_SOURCE)
        except Refused:
            return None
        return raw.decode("utf-8", "replace") if hashlib.sha256(raw).hexdigest() == name else None
