"""From a selection to the bytes of every file, and these to the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.question import Entry, shown
from grader.sheet.blocks import Document
from grader.sheet.sheet_words import SheetWords
from grader.text import Language


@dataclass(frozen=True)
class Order:
    """What a sheet is made for."""

    language: Language
    candidate: str = ""  # as it is shown; may be empty
    seed: int | None = None  # None: nothing was drawn
    limit: int | None = None  # in minutes, where one was given
    banks: tuple[Path, ...] = ()  # besides the built-in one

    @property
    def options(self) -> tuple[str, ...]:
        """What the commands that judge the answers need to be told."""
        language = ("--lang", "zh") if self.language == "zh" else ()
        return (*language, *(part for bank in self.banks for part in ("--bank", str(bank.absolute()))))


def compose(
    entries: Sequence[Entry], order: Order, note: Callable[[str], None], *, key: bool
) -> tuple[Document, Document | None]:
    """The sheet, and the key if there shall be one.

    `note` is called with a sentence about each text that can't be shown as it should. Raises SpecError.
    """
    from grader.sheet.key import answered
    from grader.sheet.questions import Reader, asked

    words = SheetWords(order.language)
    told: dict[str, None] = {}  # once, although the key reads the same texts as the sheet
    readers = [Reader(entry, words, told.setdefault) for entry in entries]
    sections = tuple(asked(reader, number) for number, reader in enumerate(readers, 1))
    points, minutes = (sum(getattr(section, what) for section in sections) for what in ("points", "minutes"))
    notes = _notes(words, order, len(sections), points, minutes)
    sheet = Document(order.language, False, words("sheet"), order.candidate, sections, notes, order.options)
    answers = None
    if key:
        solved = tuple(answered(reader, number) for number, reader in enumerate(readers, 1))
        answers = Document(order.language, True, words("key"), order.candidate, solved, notes)
    for sentence in told:
        note(sentence)
    return sheet, answers


def _notes(words: SheetWords, order: Order, questions: int, points: int, minutes: int) -> tuple[str, ...]:
    notes = [words.totals(questions, points, minutes)]
    if order.limit is not None:
        notes.append(words("at most", limit=order.limit))
    if order.seed is not None:
        drawn = "seed and name" if order.candidate else "seed"
        notes.append(words(drawn, seed=order.seed, name=order.candidate))
    return tuple(notes)


def write_new_files(files: Mapping[Path, bytes]) -> None:
    """Files that were not there before: all of them, or none.

    Raises UsageError where one is there already, or can't be written.
    """
    for path in files:
        _require_free(path)
    done: list[Path] = []
    try:
        for path, content in files.items():
            _write(path, content, done)
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise


def _require_free(path: Path) -> None:
    try:
        path.lstat()
    except (OSError, ValueError):  # not there, or no name for a file, which writing will say
        return
    raise UsageError(f"{shown(path)}: is there already and is not overwritten; choose another folder")


def _write(path: Path, content: bytes, done: list[Path]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            done.append(path)
            file.write(content)
    except FileExistsError:
        there = path if path.exists() or path.is_symlink() else path.parent
        raise UsageError(f"{shown(there)}: is there already and is not overwritten; choose another folder") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{shown(path)}: can't be written: {reason}; choose another folder") from None
