"""`results.jsonl`: every result, written as soon as it is known, so that an interrupted run is continued.

The first line is a header, each other line one Result. Lines are only ever appended; the last one about a
submission counts. In memory is kept only where each line lies.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from grader.errors import BrokenGrader, UsageError
from grader.intake import REPORT_FILE, Submission
from grader.result import Result, Run
from grader.text import untranslated
from grader.verdict import Verdict

FORMAT = 1
PREVIOUS = "results.previous.jsonl"  # where a fresh start leaves the old one
_LOCK = ".lock"
_OURS = ("index.html", "results.json", "candidates")  # what a report overwrites


class Header(msgspec.Struct, frozen=True):
    """The first line."""

    format: int
    run: Run


# Made here, in one thread: two threads that make msgspec look at a type for the first time can crash it (0.22).
_results = msgspec.json.Decoder(Result)


class Known(NamedTuple):
    """A result that is in the file."""

    offset: int  # of its line, in bytes
    length: int
    source: str  # what was graded: the hash of the source, or why there was none
    question_hash: str
    verdict: Verdict


Key = tuple[str, str]  # candidate, question


class Journal:
    """The results of one report folder, locked against a second grader. Thread-safe; a context manager."""

    def __init__(self, out: Path, fresh: bool = False) -> None:
        """Creates the folder. Raises UsageError where it can't be used; `fresh` puts old results aside."""
        self.path = out / REPORT_FILE
        self.known: dict[Key, Known] = {}
        self.header: Header | None = None
        self.damaged = 0  # lines that could not be read, but for a torn last one
        self._guard = threading.Lock()
        try:
            _prepare(out)
            self._lock = _lock(out)
            if fresh and self.path.exists():
                os.replace(self.path, out / PREVIOUS)
            self._file = self.path.open("a+b", buffering=0)  # a buffer would write a torn line again
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UsageError(f"{out}: the report can't be written there: {reason}; choose another --out") from None
        try:
            self._read()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()
        self._lock.close()

    def begin(self, run: Run) -> Run:
        """Write the header, or compare with the one that is there; returns the run that results belong to.

        Raises UsageError where the earlier results came about in another way.
        """
        if self.header is not None:
            _require_same(self.path, self.header.run, run)
            return self.header.run
        self._write(msgspec.json.encode(Header(FORMAT, run)))
        self.header = Header(FORMAT, run)
        return run

    def has(self, submission: Submission, question_hash: str) -> bool:
        """Whether just this was graded before, and not by a grader that failed."""
        known = self.known.get((submission.candidate, submission.question))
        if known is None or known.verdict is Verdict.GRADER_ERROR:
            return False
        return (known.source, known.question_hash) == (_graded(submission), question_hash)

    def append(self, result: Result) -> None:
        """Raises BrokenGrader where the line can't be written; the earlier ones are unharmed."""
        result, line = _encode(result)
        with self._guard:
            self._note(result, self._write(line), len(line))

    def read(self, key: Key) -> Result:
        """One result."""
        known = self.known[key]
        with self._guard:
            self._file.seek(known.offset)
            return _results.decode(self._file.read(known.length))

    def by_candidate(self) -> Iterator[tuple[str, list[Result]]]:
        """All results, one candidate at a time."""
        questions: dict[str, list[str]] = {}
        for candidate, question in sorted(self.known):
            questions.setdefault(candidate, []).append(question)
        for candidate, ids in questions.items():
            yield candidate, [self.read((candidate, question)) for question in ids]

    # --- the file ---

    def _write(self, line: bytes) -> int:
        """Append a line; returns its offset. After a failure half a line is taken away again."""
        end = self._file.seek(0, os.SEEK_END)
        rest = memoryview(line + b"\n")
        try:
            while rest:  # a disk that fills up takes a part without an error
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            with suppress(OSError):  # the next run drops a torn line
                self._file.truncate(end)
            reason = error.strerror or type(error).__name__
            raise BrokenGrader(
                f"{self.path}: can't be written: {reason}; the {len(self.known)} results in it are kept, "
                "so mend that and run the same command again"
            ) from None
        return end

    def _note(self, result: Result, offset: int, length: int) -> None:
        source = result.source_hash or (result.message.en if result.message else "")
        key = (result.candidate, result.question)
        self.known[key] = Known(offset, length, source, result.question_hash, result.verdict)

    def _read(self) -> None:
        offset = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):  # the writer was killed in the middle of it
                    self._file.truncate(offset)
                    break
                if offset == 0:
                    self.header = self._decode_header(line)
                else:
                    self._read_line(line, offset)
                offset += len(line)

    def _decode_header(self, line: bytes) -> Header:
        try:
            header = msgspec.json.decode(line, type=Header)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            header = None
        if header is None or header.format != FORMAT:
            raise UsageError(
                f"{self.path}: was written by another version of the grader; use another --out, "
                "or --fresh to grade everything again"
            )
        return header

    def _read_line(self, line: bytes, offset: int) -> None:
        try:
            result = _results.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            self.damaged += 1  # what it was about is graded again
        else:
            self._note(result, offset, len(line) - 1)


def _encode(result: Result) -> tuple[Result, bytes]:
    """A line that is known to be readable; a result that is not becomes a failure of ours, and loses no other."""
    try:
        line = msgspec.json.encode(result)
        _results.decode(line)
    except (msgspec.MsgspecError, ValueError) as error:
        failed = msgspec.structs.replace(
            result, verdict=Verdict.GRADER_ERROR, points=0, checks=[], source="", output="", suspicions=[]
        )
        failed = msgspec.structs.replace(failed, message=untranslated(f"{error}"))
        return failed, msgspec.json.encode(failed)
    return result, line


def _graded(submission: Submission) -> str:
    return submission.source_hash or (submission.error.en if submission.error else "")


def _require_same(path: Path, before: Run, now: Run) -> None:
    layers = (", ".join(sorted(run.layers)) for run in (before, now))
    versions = (" ".join(f"{name} {version}" for name, version in sorted(r.versions.items())) for r in (before, now))
    facts = {
        "seed": (str(before.seed), str(now.seed)),
        "device": (before.device, now.device),
        "isolation": (before.isolation, now.isolation),
        "layers of isolation": tuple(layers),
        "versions": tuple(versions),
    }
    for name, (old, new) in facts.items():
        if old != new:
            raise UsageError(
                f"{path}: its results have another {name} ({old}, and now {new}); use another --out, "
                "or --fresh to grade everything again"
            )


# --- the folder ---


def _prepare(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    if not (out / REPORT_FILE).exists():
        for name in _OURS:
            if (out / name).exists():
                raise UsageError(
                    f"{out}: is no report, but holds {name}, which would be overwritten; choose another --out"
                )


def _lock(out: Path) -> BinaryIO:
    file = (out / _LOCK).open("ab")
    try:
        _lock_file(file)
    except OSError:
        file.close()
        raise UsageError(f"{out}: another grader is writing this report; wait for it or choose another --out") from None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock_file(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_file(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
