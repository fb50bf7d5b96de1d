"""Banks: folders of questions and their solutions.

A bank holds `questions/<topic>/<id>/` and `solutions/<topic>/<id>/`. Finding the questions reads folder
names only; a question is loaded when it is asked for, so a damaged one harms no other.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from grader.errors import SpecError, UnknownName, UsageError
from grader.question.load import load_question
from grader.question.meaning import texts
from grader.question.meaning_parts import require_right_answers
from grader.question.nearest import suggestion
from grader.question.positions import Source, plain_file, read_yaml, shown
from grader.question.strict import load_strict
from grader.question.types import Question
from grader.text import Text

INSTALLED = "_bank"  # the folder of the bank in an installed package, which is not for editing
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


class Mistake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words for one known wrong solution."""

    name: Text  # completes "your result is what comes out when ..."
    way_out: Text  # one sentence


@dataclass(frozen=True)
class NotAQuestion:
    """A path in a bank that is no question."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Entry:
    """One question of a bank. Its files are read when they are asked for."""

    id: str
    topic: str
    bank: Path  # the bank's folder
    folder: Path  # questions/<topic>/<id>
    solutions: Path  # solutions/<topic>/<id>

    @property
    def file(self) -> Path:
        """The spec."""
        return self._inside(self.folder / "question.yaml")

    @cached_property
    def question(self) -> Question:
        """The loaded spec. Raises SpecError, also for a reference that is no answer to a concept question."""
        question = load_question(self.file)
        wanted = ".yaml" if question.kind == "concept" else ".py"
        if self.suffix != wanted:
            raise SpecError(f"{shown(self.folder)}: a {question.kind} question has a stub{wanted}")
        if question.kind == "concept":
            require_right_answers(question, read_yaml(self.reference))
        return question

    @property
    def suffix(self) -> str:
        """The ending of the stub, of submissions and of solutions: .yaml for concept questions."""
        return ".yaml" if (self.folder / "stub.yaml").exists() else ".py"

    @property
    def stub(self) -> Path:
        """What the candidate starts from."""
        return self._inside(self.folder / f"stub{self.suffix}")

    @property
    def probes(self) -> str:
        """The source of probes.py, or nothing."""
        path = self.folder / "probes.py"
        return read_text(self._inside(path)) if path.exists() else ""

    @property
    def reference(self) -> Path:
        """The reference solution."""
        return self._inside(self.solutions / f"reference{self.suffix}")

    @property
    def trains(self) -> bool:
        """Whether driving it will import torch's optimisers: a second, better spent once beforehand."""
        return self.suffix == ".py" and "optim" in self.probes + read_text(self.reference)

    def solutions_in(self, verdict_folder: str) -> list[Path]:
        """The solutions that must get one verdict, such as "accepted", sorted."""
        folder = self._inside(self.solutions / verdict_folder)
        found = sorted(path for path in _listed(folder) if path.suffix == self.suffix)
        return [self._inside(path) for path in found]

    @cached_property
    def mistakes(self) -> dict[str, Mistake]:
        """The words for the known mistakes, by the stem of their file. Raises SpecError."""
        path = self._inside(self.solutions / "mistakes.yaml")
        known = [found.stem for found in self.solutions_in("wrong_answer")]
        if not path.exists() and not (known and self.suffix == ".py"):
            return {}
        mistakes, source = load_strict(path, dict[str, Mistake])
        _require_stems(mistakes, source, self._stems_of_failures())
        for stem in known:
            if stem not in mistakes and self.suffix == ".py":
                raise source.error((), f"wrong_answer/{stem}.py has no name here")
        return mistakes

    @cached_property
    def content_hash(self) -> str:
        """sha256 over the names and bytes of the question's and the solution's files."""
        total = hashlib.sha256()
        for root in (self.folder, self.solutions):
            for path in _files(root):
                name = f"{root.parent.parent.name}/{path.relative_to(root).as_posix()}"
                content = read_bytes(self._inside(path))
                total.update(f"{len(name)} {name} {len(content)} ".encode())
                total.update(content)
        return total.hexdigest()

    def _stems_of_failures(self) -> list[str]:
        folders = [path for path in _listed(self.solutions) if path.is_dir() and path.name != "accepted"]
        return sorted(path.stem for folder in folders for path in self.solutions_in(folder.name))

    def _inside(self, path: Path) -> Path:
        """The path, if it does not leave the bank through a link."""
        if _leaves(path, self.bank):
            raise SpecError(f"{shown(path)}: this link leaves the bank")
        return path


class Bank:
    """All questions of the built-in bank and of the extra ones."""

    def __init__(self, roots: Sequence[Path], entries: Sequence[Entry], ignored: Sequence[NotAQuestion]) -> None:
        self.roots = tuple(roots)
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.topic, entry.id)))
        self.ignored = tuple(ignored)
        self._by_id = {entry.id: entry for entry in self.entries}

    @classmethod
    def open(cls, extra: Sequence[Path] = ()) -> Bank:
        """The built-in bank, if there is one, and then the extra ones.

        Raises UsageError for a folder that is no bank, and SpecError for two questions with one id.
        """
        built_in = built_in_root()
        roots = _distinct(([built_in] if built_in else []) + [Path(root).absolute() for root in extra])
        if not roots:
            raise UsageError("there is no built-in bank here; name one with --bank DIR")
        entries: list[Entry] = []
        ignored: list[NotAQuestion] = []
        for root in roots:
            for found in _discover(root):
                if isinstance(found, Entry):
                    entries.append(found)
                else:
                    ignored.append(found)
        _require_distinct_ids(entries)
        return cls(roots, entries, ignored)

    def __getitem__(self, name: str) -> Entry:
        """The question with this id, or this topic/id. Raises UnknownName with the nearest id."""
        entry = self._by_id.get(name.rpartition("/")[2])
        if entry is not None and name in (entry.id, f"{entry.topic}/{entry.id}"):
            return entry
        near = suggestion(name.rpartition("/")[2], self._by_id)
        raise UnknownName(f"there is no question '{name}'{near or '; the bank is empty'}")

    def __contains__(self, name: object) -> bool:
        return name in self._by_id

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def built_in_root() -> Path | None:
    """The folder of the bank that comes with the package, or None."""
    package = Path(__file__).resolve().parents[1]
    for root in (package / INSTALLED, package.parent):  # in a wheel; in a checkout
        if (root / "questions").is_dir():
            return root
    return None


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


def _require_stems(mistakes: dict[str, Mistake], source: Source, stems: list[str]) -> None:
    for stem, mistake in mistakes.items():
        if stem not in stems:
            message = f"there is no solution '{stem}'{suggestion(stem, stems, 'solutions')}"
            raise source.error((), message, key=stem)
        for where, text in texts(mistake, (stem,)):
            if not text.strip():
                raise source.error(where, "the text is empty")


# --- discovery ---


def _discover(root: Path) -> Iterator[Entry | NotAQuestion]:
    questions = root / "questions"
    if not questions.is_dir():
        raise UsageError(f"{shown(root)}: no bank, because it has no folder questions/")
    for topic in _folders(questions, root):
        if isinstance(topic, NotAQuestion):
            yield topic
            continue
        for folder in _folders(topic, root):
            yield folder if isinstance(folder, NotAQuestion) else _entry(root, topic, folder)


def _entry(root: Path, topic: Path, folder: Path) -> Entry | NotAQuestion:
    if not os.path.lexists(folder / "question.yaml"):
        return NotAQuestion(folder, "it has no question.yaml")
    return Entry(folder.name, topic.name, root, folder, root / "solutions" / topic.name / folder.name)


def _folders(parent: Path, root: Path) -> Iterator[Path | NotAQuestion]:
    try:
        with os.scandir(parent) as scan:
            found = sorted(scan, key=lambda item: item.name)
    except OSError as error:
        raise UsageError(f"{shown(parent)}: can't be read: {error.strerror or error}") from None
    for item in found:
        path = parent / item.name
        if item.name.startswith((".", "__")) or not (item.is_symlink() or item.is_dir()):
            continue
        if item.is_symlink() and _leaves(path, root):
            yield NotAQuestion(path, "this link leaves the bank")
        elif not path.is_dir():
            continue
        elif not _SLUG.fullmatch(item.name):
            yield NotAQuestion(path, "its name is not lower-case words joined by hyphens")
        else:
            yield path


def _leaves(path: Path, root: Path) -> bool:
    """Whether the path leads out of the folder through links, or nowhere at all."""
    try:
        return not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a loop of links
        return True


def _listed(folder: Path) -> list[Path]:
    """What is in a folder; nothing where it does not exist."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SpecError(f"{shown(folder)}: can't be read: {error.strerror or error}") from None


def _distinct(roots: Sequence[Path]) -> list[Path]:
    found: dict[Path, Path] = {}
    for root in roots:
        try:
            found.setdefault(root.resolve(strict=True), root)
        except (OSError, RuntimeError, ValueError):  # a loop of links; a name with a NUL
            raise UsageError(f"{shown(root)}: there is no such folder, so it is no bank") from None
    return list(found.values())


def _require_distinct_ids(entries: Sequence[Entry]) -> None:
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            raise SpecError(f"two questions have the id '{entry.id}': {shown(other.folder)} and {shown(entry.folder)}")


def _files(root: Path) -> list[Path]:
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        found += [Path(folder, name) for name in files if not name.startswith(".") and not name.endswith(".pyc")]
    return sorted(found)
