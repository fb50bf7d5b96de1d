"""The file of events: one table in SQLite, only ever added to.

Every transaction is one short statement or two, so that several processes can work at once. A file that is
damaged, locked, read-only, newer or another program's is left as it is; what is wrong with it is one sentence.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from grader.errors import UsageError
from grader.practice.events import Event
from grader.question import shown

if TYPE_CHECKING:
    from sqlite3 import Connection, Error

FORMAT = 1  # PRAGMA user_version
APPLICATION = 0x67726470  # PRAGMA application_id: "grdp"
WAIT_SECONDS = 2.0  # for another process that is writing

_COLUMNS = Event.__struct_fields__
_CREATE = """\
CREATE TABLE events (
    id INTEGER PRIMARY KEY,   -- the order in which things were done; clocks may go back
    at TEXT NOT NULL,         -- ISO 8601, UTC
    kind TEXT NOT NULL,       -- start, check, hint, solution
    question TEXT NOT NULL,
    topic TEXT NOT NULL,
    verdict TEXT,
    points INTEGER,
    max_points INTEGER,
    seconds REAL,             -- since the question was first started or checked
    seed INTEGER,
    mistake TEXT,
    question_hash TEXT,
    hint INTEGER
)
"""
_INDEX = "CREATE INDEX events_by_question ON events (question, id)"
_INSERT = f"INSERT INTO events ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM events ORDER BY id"
_FIRST = "SELECT at FROM events WHERE question = ? AND kind IN ('start', 'check') ORDER BY id LIMIT 1"
_LAST_HINT = "SELECT coalesce(max(hint), 0) FROM events WHERE question = ? AND kind = 'hint'"

# What is wrong, by SQLite's primary result code: https://www.sqlite.org/rescode.html
_LOCKED = "is locked by another program; try again when that has ended"
_UNWRITABLE = "can't be opened or written; make it and its folder writable, or name another folder with GRADER_DATA"
_REASONS = {
    5: _LOCKED,
    6: _LOCKED,
    8: _UNWRITABLE,
    10: "can't be read or written; see whether the disk is sound",
    13: "can't be written: the disk is full",
    14: _UNWRITABLE,
    23: _UNWRITABLE,
}
_DAMAGED = "is damaged, or is no progress file; rename it to {name}.damaged to keep it, and a new one is begun"
_NEWER = "was written by a newer version of the grader; update the grader to go on with it"


class History:
    """The events of one user. Nothing is opened before it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, event: Event) -> None:
        """Record an event. Raises UsageError where that can't be done; the file is then as it was."""
        with self._connected(writing=True) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if not self._has_table(connection):
                self._create(connection)
            first = connection.execute(_FIRST, (event.question,)).fetchone()
            connection.execute(_INSERT, _as_row(event, first and first[0]))
            connection.execute("COMMIT")

    def events(self) -> list[Event]:
        """All events in their order; none where there is no file yet. Raises UsageError."""
        rows = self._read(_SELECT)
        try:
            return [_as_event(row) for row in rows]
        except msgspec.ValidationError as error:
            raise self._problem(_DAMAGED.format(name=self.path.name)) from error

    def last_hint(self, question: str) -> int:
        """The number of the furthest hint that was shown, 0 for none. Raises UsageError."""
        rows = self._read(_LAST_HINT, question)
        return int(rows[0][0]) if rows else 0

    def _read(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        if not self._is_there():
            return []
        with self._connected(writing=False) as connection:
            return connection.execute(query, values).fetchall() if self._has_table(connection) else []

    @contextmanager
    def _connected(self, *, writing: bool) -> Iterator[Connection]:
        """A connection without a transaction; what is begun and not committed is undone when it is closed."""
        self._is_there()
        try:
            import sqlite3
        except ImportError:  # an interpreter that was built without it
            raise UsageError("this Python has no sqlite3, so your progress is neither kept nor shown") from None
        try:
            if writing:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mode = "rwc" if writing else "rw"  # without write access SQLite opens it to read
            address = f"{self.path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, timeout=WAIT_SECONDS, isolation_level=None, uri=True)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise self._problem(self._reason(error)) from error
        except OSError as error:
            raise self._problem(f"can't be written: {error.strerror or error}") from error
        except (ValueError, TypeError) as error:  # a row whose time is none
            raise self._problem(_DAMAGED.format(name=self.path.name)) from error

    def _is_there(self) -> bool:
        """Raises UsageError where there is something else, or nobody may look."""
        try:
            os.lstat(self.path)
        except FileNotFoundError:
            return False
        except NotADirectoryError:
            folder = shown(self.path.parent)
            raise UsageError(f"{folder}: is no folder, so your progress has no place there; see GRADER_DATA") from None
        except OSError:
            raise self._problem(_UNWRITABLE) from None
        if not self.path.is_file():
            raise self._problem("is no file; move it away, and a new one is begun")
        return True

    def _has_table(self, connection: Connection) -> bool:
        """False for a new file. Raises UsageError for one that this version can't use."""
        version = _number(connection, "PRAGMA user_version")
        application = _number(connection, "PRAGMA application_id")
        tables = _number(connection, "SELECT count(*) FROM sqlite_master")
        if not version and not application and not tables:
            return False
        if application != APPLICATION or version < 1:
            raise self._problem(_DAMAGED.format(name=self.path.name))
        if version > FORMAT:
            raise self._problem(_NEWER)
        return True

    def _create(self, connection: Connection) -> None:
        for statement in (
            _CREATE,
            _INDEX,
            f"PRAGMA application_id = {APPLICATION}",
            f"PRAGMA user_version = {FORMAT}",
        ):
            connection.execute(statement)

    def _reason(self, error: Error) -> str:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        return _REASONS.get(code) or _DAMAGED.format(name=self.path.name)

    def _problem(self, reason: str) -> UsageError:
        return UsageError(f"{shown(self.path)}: {reason}")


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _as_row(event: Event, first: str | None) -> list[Any]:
    plain = msgspec.structs.asdict(event)
    plain["at"] = event.at.isoformat(timespec="milliseconds")
    if event.kind == "check":
        begun = datetime.fromisoformat(first) if first else event.at
        plain["seconds"] = max(0.0, round((event.at - begun).total_seconds(), 3))  # a clock may go back
    return [plain[column] for column in _COLUMNS]


def _as_event(row: tuple[Any, ...]) -> Event:
    return msgspec.convert(dict(zip(_COLUMNS, row, strict=True)), Event)
