"""`proofs.lock` of a bank: under which content and which judge the full proof of each question ran clean.

TOML, sorted by id, one block for each question, so that two branches which add or renew different questions merge.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.errors import GraderError, UsageError
from grader.pages import Replacement
from grader.question import INSTALLED, Entry, read_text, shown
from grader.verify.promises import SEEDS
from grader.verify.proof import Made, Proof

NAME = "proofs.lock"
FORMAT = 1
COMMENT = (
    "# The questions whose full proof ran clean, each with the hashes of its files and of the judge; "
    "`grader verify` renews it.\n"
)
_one_thread = threading.Lock()


class TriedCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a proof tried: for a reader, nothing depends on it."""

    solutions: int
    killed: int  # mutants that failed
    equivalent: int  # mutants that are right, for a reason that somebody gave
    degenerate: int
    styles: int


class OnRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is on record of one question."""

    content: str  # Entry.content_hash
    judge: str  # judging_code_hash()
    seeds: list[int]  # of the cases that the solutions were graded on
    versions: dict[str, str]  # grader, python, torch: for a reader
    tried: TriedCounts


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    questions: dict[str, OnRecord] = {}


class RecordState(StrEnum):
    """How the record of a question stands to the question."""

    PROVED = "proved"  # its present content, under the present judge
    OLDER_JUDGE = "proved under an older judge"  # its present content
    CHANGED = "changed since it was proved"
    MISSING = "not on record"

    @property
    def is_present(self) -> bool:
        """Whether the question's present content is on record."""
        return self in (RecordState.PROVED, RecordState.OLDER_JUDGE)


class ProofsLock:
    """The file of one bank. Thread-safe, and several processes may add to it at once."""

    def __init__(self, root: Path) -> None:
        """Reads it, if it is there. Raises UsageError where it is damaged, or another grader's."""
        self.path = root / NAME
        self._root = root
        self.records = _read(self.path)

    @property
    def is_installed(self) -> bool:
        """Whether it came with an installed package, where nothing is recorded."""
        return self._root.name == INSTALLED

    @property
    def is_open(self) -> bool:
        """Whether anything can be recorded."""
        return not self.is_installed and os.access(self._root, os.W_OK)

    def state(self, entry: Entry, judge: str) -> RecordState:
        """How the record of a question of this bank stands to it. A question that can't be read has changed."""
        record = self.records.get(entry.id)
        if record is None:
            return RecordState.MISSING
        if record.content != _content(entry):
            return RecordState.CHANGED
        return RecordState.PROVED if record.judge == judge else RecordState.OLDER_JUDGE

    def covers(self, entry: Entry, made: Made) -> bool:
        """Whether a proof made in this way has nothing to try that the one on record has not."""
        proved = self.state(entry, made.judge) is RecordState.PROVED
        return proved and set(made.seeds) <= set(self.records[entry.id].seeds)

    def learn(self, entry: Entry, proof: Proof) -> None:
        """Record a clean and whole proof, or strike out the record that it refutes. Raises UsageError."""
        if proof.made is None or not self.is_open:
            return
        found = _record_of(proof, proof.made)
        with self._changing() as records:
            if proof.problems:
                if _same_hashes(records.get(entry.id), found):
                    del records[entry.id]
            elif _is_whole(proof.made) and _content(entry) == proof.content_hash:
                records[entry.id] = found

    def keep_only(self, questions: Sequence[str]) -> None:
        """Strike out what the bank holds no more. Raises UsageError."""
        if self.is_open and not self.records.keys() <= set(questions):
            with self._changing() as records:
                for gone in records.keys() - set(questions):
                    del records[gone]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, OnRecord]]:
        """The records as they are now, for the caller to change; nobody else changes them meanwhile."""
        with _alone_in(self._root):
            before = _read(self.path)
            records = dict(before)
            yield records
            if records != before:
                with Replacement(self.path, "mend that, and prove again what is not on record") as file:
                    file.write(_text(records))
            self.records = records


def _same_hashes(known: OnRecord | None, found: OnRecord) -> bool:
    return known is not None and (known.content, known.judge) == (found.content, found.judge)


def _is_whole(made: Made) -> bool:
    """Whether nothing was left out that a proof tries by default."""
    return made.variants and made.sample == 1 and set(SEEDS) <= set(made.seeds)


def _content(entry: Entry) -> str:
    """The hash of the question's files as they are now; empty where they can't be read."""
    try:
        return replace(entry).content_hash  # an entry itself keeps the one that it was first asked for
    except GraderError:
        return ""


def _record_of(proof: Proof, made: Made) -> OnRecord:
    tried = TriedCounts(
        solutions=len(proof.group("solution")),
        killed=proof.killed,
        equivalent=proof.equivalent,
        degenerate=len(proof.group("degenerate")),
        styles=len(proof.group("style")),
    )
    return OnRecord(proof.content_hash, made.judge, made.seeds, made.versions, tried)


# --- the file ---


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Holds a lock on the folder itself, which leaves no file behind. Where a disk knows none, only threads wait."""
    with _one_thread:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _read(path: Path) -> dict[str, OnRecord]:
    if not path.exists():
        return {}
    try:
        plain = tomllib.loads(read_text(path))
        _require_known_format(path, plain.get("format"))
        return msgspec.convert(plain, _File).questions
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        remedy = "restore it, or remove it and prove everything again with: grader verify"
        raise UsageError(f"{shown(path)}: damaged: {error}; {remedy}") from None


def _require_known_format(path: Path, found: object) -> None:
    if isinstance(found, int) and found > FORMAT:
        raise UsageError(
            f"{shown(path)}: written by a newer grader, in format {found}; this one knows format {FORMAT}: upgrade it"
        )


def _text(records: Mapping[str, OnRecord]) -> str:
    blocks = (_block(name, msgspec.to_builtins(record)) for name, record in sorted(records.items()))
    return f"{COMMENT}format = {FORMAT}\n{''.join(blocks)}"


def _block(name: str, record: dict[str, Any]) -> str:
    lines = "".join(f"{key} = {_value(value)}\n" for key, value in record.items())
    return f"\n[questions.{_key(name)}]\n{lines}"


def _value(value: Any) -> str:
    """A string, a number, a list of numbers or a table, as TOML has it in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    return json.dumps(value)


def _key(name: str) -> str:
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else json.dumps(name)
