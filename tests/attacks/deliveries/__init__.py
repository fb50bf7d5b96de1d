"""What strangers may put into a folder of submissions, besides source code: each file here is one such delivery.

Its docstring is a header like that of the attacks, a line for each key:

    Tries: what it is after.
    Must: what has to happen instead.
    Says: words that the report has for it, separated by `|`; each has to be there.
    Needs: `root`, where only that user can make it.

`build(folder)` fills the folder. The bank lies beside it, in `folder.parent / "bank"`: its reference has the canary.
"""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

QUESTION = "row-weights"
REFERENCE = Path("bank", "solutions", "attacks", QUESTION, "reference.py")  # beside the folder
CONCEPT = "imagen-attention"  # a question of the built-in bank that is answered in YAML

_KEYS = {"Tries", "Must", "Says", "Needs"}


@dataclass(frozen=True)
class Delivery:
    """One file of this folder."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def header(self) -> dict[str, str]:
        """Raises ValueError where it is not as this module says."""
        return read_header(self.path, _KEYS)

    @property
    def says(self) -> list[str]:
        return [words.strip() for words in self.header.get("Says", "").split("|") if words.strip()]

    def build(self, folder: Path) -> None:
        importlib.import_module(f"{__name__}.{self.name}").build(folder)


def read_header(path: Path, keys: set[str]) -> dict[str, str]:
    """The lines `key: text` of a file's docstring; a line without a key goes on with the last one."""
    found: dict[str, str] = {}
    last = ""
    for line in (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines():
        key, colon, text = line.partition(":")
        if colon and key in keys:
            last = key
            found[key] = text.strip()
        elif last and line.strip():
            found[last] += f" {line.strip()}"
    if missing := {"Tries", "Must"} - set(found):
        raise ValueError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    return found


def deliveries() -> list[Delivery]:
    """All of them, in the order of their names."""
    return [Delivery(path) for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem != "__init__"]


def put(folder: Path, candidate: str | bytes, content: bytes | str = "x = 1\n", name: str | bytes = "") -> Path:
    """A file of a candidate, made with its folder; names are str, or bytes that need not be UTF-8."""
    place = folder / _text(candidate)
    place.mkdir(parents=True, exist_ok=True)
    path = place / _text(name or f"{QUESTION}.py")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _text(name: str | bytes) -> str:
    return name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")
