"""A folder of proofs: one file for each question, written as soon as the question is proved, so that an interrupted
run is continued; and one file with all of them.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import GraderError, UsageError
from grader.pages import Replacement, well_formed
from grader.question import Entry
from grader.verdict import Verdict
from grader.verify.judging_code import judging_code_hash
from grader.verify.proof import SCHEMA_VERSION, Made, Proof
from grader.version import __version__

ALL = "proof.json"
PAGE = "index.html"


class _Head(msgspec.Struct, frozen=True):
    """What is read first, whatever else is in the file."""

    schema_version: int


# Made here, in one thread: two threads that make msgspec look at a type for the first time can crash it (0.22).
_heads = msgspec.json.Decoder(_Head)
_proofs = msgspec.json.Decoder(Proof)


class ProofFolder:
    """The folder of `grader verify --report`."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageError for a folder that holds another page, which would be lost."""
        self.folder = folder
        self.page = folder / PAGE
        if self.page.exists() and not (folder / ALL).exists():
            raise UsageError(
                f"{folder}: holds no proof, but {PAGE}, which would be overwritten; choose another --report"
            )

    def save(self, proof: Proof) -> None:
        """Write one question's file. Raises UsageError where that can't be done."""
        self._write(self._path(proof.question), {"schema_version": SCHEMA_VERSION, **_plain(proof)})

    def save_all(self, proofs: Iterable[Proof]) -> None:
        """Write the file with all of them. Raises UsageError where that can't be done."""
        self._write(
            self.folder / ALL, {"schema_version": SCHEMA_VERSION, "questions": [_plain(proof) for proof in proofs]}
        )

    def current(self, entry: Entry) -> Proof | None:
        """What was found about a question as it is now; None where it was changed or never proved."""
        proof = self._read(entry.id)
        try:
            return proof if proof and proof.content_hash == entry.content_hash else None
        except GraderError:  # the question can't be read; proving it says so
            return None

    def reusable(self, entry: Entry, made: Made) -> Proof | None:
        """The proof of a question that would come out the same: it was made in this way, and has no problem."""
        proof = self.current(entry)
        return proof if proof and proof.made == made and not proof.problems else None

    def _path(self, question: str) -> Path:
        # An id holds no dot, so that a question called "proof" takes no other file's place.
        return self.folder / (f"{question}.json" if f"{question}.json" != ALL else f"{question}.question.json")

    def _read(self, question: str) -> Proof | None:
        """None where there is no such file, or none that this version of the grader wrote whole."""
        try:
            content = self._path(question).read_bytes()
            if _heads.decode(content).schema_version != SCHEMA_VERSION:
                return None
            proof = _proofs.decode(content)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        known = proof.question == question and all(one.verdict in list(Verdict) for one in proof.tried)
        return proof if known else None

    def _write(self, path: Path, value: Any) -> None:
        with Replacement(path) as file:
            file.write(msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n")


def how_made(seeds: Iterable[int], variants: bool, sample: int = 1) -> Made:
    """How a proof comes about that is made now, by this interpreter."""
    versions = {"grader": __version__, "python": platform.python_version(), "torch": _version("torch")}
    return Made(list(seeds), variants, sample, versions, judging_code_hash())


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:  # built in place, and only on the path
        return "unknown"


def _plain(proof: Proof) -> dict[str, Any]:
    """As JSON holds it. A message may quote what no UTF-8 can hold."""
    plain: dict[str, Any] = _well_formed(msgspec.to_builtins(proof))
    return plain


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {key: _well_formed(item) for key, item in value.items()}
    return [_well_formed(item) for item in value] if isinstance(value, list) else value
