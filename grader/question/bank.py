"""Banks: folders of questions and their solutions.

A bank holds `questions/<topic>/<id>/` and `solutions/<topic>/<id>/`. Finding the questions reads folder
names only; a question is loaded when it is asked for, so a damaged one harms no other. What loading needs is imported
then: `grader list` loads none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SpecError, UnknownName, UsageError
from grader.question.bank_files import FOLDERS, hash_of, inside, leaves, listed, read_text
from grader.question.near_names import suggestion
from grader.question.positions import read_yaml, shown
from grader.result import MistakeName
from grader.text import Text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.question.mistakes import MistakeFile
    from grader.question.solutions import KnownSolution
    from grader.question.types import Question

INSTALLED = "_bank"  # the folder of the bank in an installed package, which is not for editing
_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


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
        from grader.question.load import load_question
        from grader.question.meaning_parts import require_right_answers

        question = load_question(self.file)
        if self.suffix != question.kind.traits.suffix:
            raise SpecError(f"{shown(self.folder)}: a {question.kind} question has a stub{question.kind.traits.suffix}")
        if not question.kind.is_code:
            require_right_answers(question, read_yaml(self.reference))
        return question

    @property
    def suffix(self) -> str:
        """The ending of the stub, of submissions and of solutions: .yaml for concept questions."""
        return ".yaml" if (self.folder / "stub.yaml").exists() else ".py"

    @property
    def is_code(self) -> bool:
        """Whether answers are programs. Read off the stub, so that no spec is loaded."""
        return self.suffix == ".py"

    @property
    def language(self) -> str:
        """In which answers are written, as Pygments and Markdown name it."""
        return "python" if self.is_code else "yaml"

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
        return self.is_code and "optim" in self.probes + read_text(self.reference)

    def solutions_in(self, verdict_folder: str) -> list[Path]:
        """The files of solutions that must get one verdict, such as "accepted", sorted."""
        folder = self._inside(self.solutions / verdict_folder)
        found = sorted(path for path in listed(folder) if path.suffix == self.suffix)
        return [self._inside(path) for path in found]

    @cached_property
    def known(self) -> tuple[KnownSolution, ...]:
        """Every solution, files and changes alike: the reference, then verdict by verdict, by id. Raises SpecError."""
        from grader.question import solutions

        reference = solutions.reference_in(self.reference)
        found = [solutions.solution_in(path, verdict) for verdict in FOLDERS for path in self.solutions_in(verdict)]
        if self.is_code:
            right = [reference, *(one for one in found if one.verdict is Verdict.ACCEPTED)]
            found += solutions.changed_solutions(self._mistake_file, right)
        else:
            question = self.question  # loading it makes sure that the reference has the answers
            found += solutions.answered_solutions(
                self._mistake_file, question, read_yaml(self.reference).data["answers"]
            )
        return (reference, *sorted(found, key=lambda one: (one.verdict.severity, one.id)))

    @cached_property
    def mistakes(self) -> dict[str, MistakeName]:
        """The words for the known mistakes that have a name, by id. Raises SpecError."""
        return {
            name: MistakeName(name, spec.name, spec.way_out)
            for name, spec in self._mistake_file.specs.items()
            if isinstance(spec.name, Text) and isinstance(spec.way_out, Text)
        }

    @cached_property
    def content_hash(self) -> str:
        """sha256 over the names and bytes of the question's and the solution's files."""
        return hash_of((self.folder, self.solutions), self.bank)

    @cached_property
    def _mistake_file(self) -> MistakeFile:
        from grader.question.mistakes import FILE, load_mistakes

        self._require_verdicts()
        failing = [verdict for verdict in FOLDERS if verdict is not Verdict.ACCEPTED]
        files = {path.stem: f"{verdict}/{path.name}" for verdict in failing for path in self.solutions_in(verdict)}
        return load_mistakes(self._inside(self.solutions / FILE), self.suffix, files)

    def _require_verdicts(self) -> None:
        """Raise SpecError for a folder of solutions that is called like no verdict: nobody would ever look into it."""
        for path in listed(self.solutions):
            if path.is_dir() and path.name not in FOLDERS and not path.name.startswith((".", "__")):
                raise SpecError(f"{shown(path)}: is no verdict{suggestion(path.name, FOLDERS, 'verdicts')}")

    def _inside(self, path: Path) -> Path:
        """The path, if it does not leave the bank through a link."""
        return inside(path, self.bank)


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
        if item.is_symlink() and leaves(path, root):
            yield NotAQuestion(path, "this link leaves the bank")
        elif not path.is_dir():
            continue
        elif not _SLUG.fullmatch(item.name):
            yield NotAQuestion(path, "its name is not lower-case words joined by hyphens")
        else:
            yield path


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
