"""Finding what candidates handed in: `root/<candidate>/<question-id>.py`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from grader.intake.submission import display_name, unreadable
from grader.question import Bank, nearest
from grader.text import Text

MAX_IGNORED = 50  # lines about one candidate's other files; one more line counts the rest
SUFFIXES = (".py", ".ipynb", ".yaml")
LITTER = ("__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini")  # made by tools; nobody handed them in
REPORT_FILE = "results.jsonl"  # a folder that holds one is a report, not a candidate


class Handed(NamedTuple):
    """Where a submission lies. Light, because there may be many thousands."""

    candidate: str
    question: str
    path: str


class Ignored(NamedTuple):
    """Something in the submissions' folder that is not graded."""

    candidate: str  # empty: it lies outside every candidate's folder
    file: str  # relative to the submissions' folder
    reason: Text
    harmless: bool = False  # nothing is missing because of it


class Found(NamedTuple):
    """What is in a folder of submissions, sorted by the names of candidates and questions."""

    candidates: list[str]  # all, whether or not they handed in anything
    handed: list[Handed]
    ignored: list[Ignored]


def find_submissions(root: Path, bank: Bank, report: Path | None = None) -> Found:
    """What lies in `root/<candidate>/<question-id>.py` (or .ipynb, or .yaml for concept questions).

    `report` is a folder that is left out, should it lie in `root`. Raises OSError where `root` itself
    can't be listed, and SpecError where the question of a submission is damaged.
    """
    search = _Search(bank)
    for entry in _listing(root):
        if _is_litter(entry.name) or (report is not None and _same_folder(entry.path, report)):
            continue
        if entry.is_dir(follow_symlinks=False):
            search.look_into(entry)
        elif entry.is_symlink():
            search.ignore("", entry.name, _LINK)
        elif entry.name.endswith(SUFFIXES):
            search.ignore("", entry.name, _loose(entry.name))
    return search.found


class _Search:
    """Sorts what lies in candidates' folders into what is graded and what is not."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._ids = [entry.id for entry in bank.entries]
        self.found = Found([], [], [])

    def ignore(self, candidate: str, file: str, reason: Text, *, harmless: bool = False) -> None:
        self.found.ignored.append(Ignored(candidate, display_name(file), reason, harmless))

    def look_into(self, folder: os.DirEntry[str]) -> None:
        candidate = display_name(folder.name)
        try:
            files = _listing(Path(folder.path))
        except OSError as error:
            self.ignore(candidate, folder.name, unreadable(error).text)
            return
        names = {file.name for file in files}
        if REPORT_FILE in names:
            self.ignore("", folder.name, _REPORT)
            return
        self.found.candidates.append(candidate)
        before = len(self.found.ignored)
        for file in files:
            if not _is_litter(file.name):
                self._sort(candidate, folder.name, file, names)
        self._shorten(before, candidate, folder.name)

    def _sort(self, candidate: str, folder: str, file: os.DirEntry[str], names: set[str]) -> None:
        stem, suffix = os.path.splitext(file.name)
        relative = os.path.join(folder, file.name)
        is_folder = file.is_dir(follow_symlinks=False) and suffix not in SUFFIXES
        if is_folder or (suffix not in SUFFIXES and stem not in self._bank):
            self.ignore(candidate, relative, _INNER_FOLDER if is_folder else _OTHER_FILE, harmless=not is_folder)
        elif stem not in self._bank:
            self.ignore(candidate, relative, _unknown_question(stem, self._ids))
        elif suffix not in (allowed := _suffixes(self._bank, stem)):
            self.ignore(candidate, relative, _wrong_suffix(stem, allowed))
        elif suffix == ".ipynb" and f"{stem}.py" in names:
            self.ignore(candidate, relative, _twice(stem), harmless=True)
        else:
            self.found.handed.append(Handed(candidate, stem, file.path))

    def _shorten(self, before: int, candidate: str, folder: str) -> None:
        """Keep a folder of thousands of odd files from filling the report; what is cut is counted."""
        extra = len(self.found.ignored) - before - MAX_IGNORED
        if extra > 0:
            del self.found.ignored[before + MAX_IGNORED :]
            more = Text(en=f"holds {extra} more files that are not graded", zh=f"另有 {extra} 个文件未评分")
            self.ignore(candidate, folder, more)


_LINK = Text(en="is a symbolic link, which is not followed", zh="是符号链接，不会被跟随")
_INNER_FOLDER = Text(
    en="is a folder inside a candidate's folder, which is not looked into; move its files one level up",
    zh="是考生文件夹中的子文件夹，不会查看其内容；请把里面的文件上移一层",
)
_OTHER_FILE = Text(
    en="is not a submission; those end in .py, .ipynb or .yaml",
    zh="不是提交文件；提交文件以 .py、.ipynb 或 .yaml 结尾",
)
_REPORT = Text(
    en=f"holds {REPORT_FILE}, so it is a report and not a candidate",
    zh=f"含有 {REPORT_FILE}，是报告而不是考生文件夹",
)


def _loose(name: str) -> Text:
    shown = display_name(name)
    return Text(
        en=f"lies in no candidate's folder; move it to <candidate>/{shown}",
        zh=f"不在任何考生的文件夹中；请移到 <考生>/{shown}",
    )


def _twice(stem: str) -> Text:
    return Text(en=f"was not graded, because {stem}.py was", zh=f"未评分，因为已对 {stem}.py 评分")


def _suffixes(bank: Bank, question: str) -> tuple[str, ...]:
    return (".py", ".ipynb") if bank[question].is_code else (".yaml",)


def _wrong_suffix(stem: str, allowed: tuple[str, ...]) -> Text:
    names = [f"{stem}{suffix}" for suffix in allowed]
    return Text(
        en=f"has the wrong ending; this question is answered in {' or '.join(names)}",
        zh=f"扩展名不对；这道题应提交 {' 或 '.join(names)}",
    )


def _unknown_question(stem: str, ids: list[str]) -> Text:
    shown = display_name(stem)
    near = nearest(stem.replace("_", "-").replace(" ", "-"), ids)
    if near is None:
        return Text(
            en=f"no question is called '{shown}'; `grader list` shows their names",
            zh=f"没有名为“{shown}”的题目；用 `grader list` 查看所有题目",
        )
    return Text(
        en=f"no question is called '{shown}'; did you mean '{near}'?",
        zh=f"没有名为“{shown}”的题目；是不是“{near}”？",
    )


def _listing(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name in LITTER


def _same_folder(path: str, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
