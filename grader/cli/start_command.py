"""`grader start`."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from grader.cli.completing import complete_id_or_folder
from grader.cli.options import Shared, language_option, note
from grader.cli.recording import LOOK_RECORDERS, Looked, note_all, tell
from grader.errors import UnknownName, UsageError
from grader.question import Bank, Entry, nearest, read_bytes, shown
from grader.text import Language, Text

_READ = Text(en="grader: read the question with: grader show {id}", zh="grader：查看题目：grader show {id}")
_CHECK = Text(
    en="grader: write your answer into the file; judged at every save with: grader check {path} --watch",
    zh="grader：在该文件中作答；每次保存后自动评测：grader check {path} --watch",
)


@click.command("start")
@click.argument("names", metavar="ID... [DIR]", nargs=-1, required=True, shell_complete=complete_id_or_folder)
@click.option(
    "--dir",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder. With it every name is a question's.",
)
@language_option
@click.pass_obj
def command(shared: Shared, names: tuple[str, ...], folder: Path | None, language: Language) -> None:
    """Write the stubs of questions into a folder, the current one by default.

    The last name is the folder if it is no question's; one that is called like a question is written with a slash.
    It is made if it is not there. A file that is there already is never overwritten: then nothing is written at all.
    The paths go to stdout, and what to do next to stderr. The time that `grader progress` shows begins here.

    \b
    Example:
      grader start causal-attention
      grader start causal-attention text-cnn practice/
      grader start --dir practice/ causal-attention text-cnn simple-cnn
    """
    bank = shared.open_bank()
    entries, place = _understood(bank, names, folder)
    files = {place / f"{entry.id}{entry.suffix}": entry for entry in entries}
    stubs = {path: read_bytes(entry.stub) for path, entry in files.items()}
    for path in files:
        _require_free(path)
    for path, entry in files.items():
        write_new(path, stubs[path])
        click.echo(str(path))
        note_all(tell(LOOK_RECORDERS, Looked("start", entry, path)))
    first = next(iter(files))
    note(_READ.in_language(language).format(id=entries[0].id))
    note(_CHECK.in_language(language).format(path=shlex.quote(str(first))))


def _understood(bank: Bank, names: tuple[str, ...], folder: Path | None) -> tuple[list[Entry], Path]:
    """The questions and the folder: that of --dir, or else the last of several names if it is no question's."""
    if folder is None and len(names) > 1 and not _is_question(bank, names[-1]):
        _require_no_slip(bank, names[-1])
        names, folder = names[:-1], Path(names[-1])
    return [bank[name] for name in dict.fromkeys(names)], folder or Path()


def _is_question(bank: Bank, name: str) -> bool:
    try:
        return bool(bank[name])
    except UnknownName:
        return False


def _require_no_slip(bank: Bank, name: str) -> None:
    """A mistyped id must not become a folder."""
    near = nearest(name, (entry.id for entry in bank))
    if near and os.sep not in name and not os.path.isdir(name):
        raise UsageError(
            f"'{name}' is neither a question nor a folder here; did you mean '{near}'? A new folder of that name is "
            f"written {shlex.quote(f'{name}{os.sep}')}"
        )


def _require_free(path: Path) -> None:
    try:
        there = os.path.lexists(path)
    except ValueError:  # a name with a NUL, which writing refuses too
        return
    if there:
        raise UsageError(f"{shown(path)}: is there already and is not overwritten")


def write_new(path: Path, content: bytes) -> None:
    """A file that was not there before. Raises UsageError where there is one, or it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        there = path if path.exists() or path.is_symlink() else path.parent
        raise UsageError(f"{shown(there)}: is there already and is not overwritten") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        raise UsageError(f"{shown(path)}: can't be written: {getattr(error, 'strerror', None) or error}") from None
