"""`%load_ext grader`, and then `%%grade ID` on the cell that answers a question.

The cell's text is the submission. It is judged in the sandbox by the same steps as `grader check`, with the same
seed, and then also runs in the notebook's own namespace, so that the person can go on with it.
"""

from __future__ import annotations

import atexit
import re
import shlex
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from grader.cli.completing import complete_ids
from grader.cli.draw import draw
from grader.cli.options import language_option, note
from grader.cli.recording import CHECK_RECORDERS, JudgedFile, note_all, tell
from grader.cli.running import MAX_SEED
from grader.errors import BrokenGrader, GraderError, UsageError
from grader.intake import Submission, submission_of, without_magics
from grader.pages import visible_line
from grader.question import Bank, Entry
from grader.report import cell_html
from grader.result import Result
from grader.text import Language, Text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.grading import Grader

_EMPTY = Text(
    en="the cell is empty; write your answer below the line with %%grade", zh="单元为空；请在 %%grade 这一行下面写答案"
)
_ALONE = Text(
    en="`{name}` is defined in another cell, and this one is graded alone: write its imports and helpers into it.",
    zh="`{name}` 是在其他单元中定义的，而评分时只看本单元：请把用到的 import 和辅助函数写进本单元。",
)
_UNDEFINED = re.compile(r"NameError: name '([^']+)' is not defined")


# --- the line ---


@dataclass(frozen=True)
class MagicLine:
    """What stands behind `%%grade`."""

    question: str
    seed: int | None
    run: bool  # also in the notebook's namespace
    keep: bool  # record it in the progress
    banks: tuple[Path, ...]
    language: Language


@click.command("%%grade", add_help_option=False)
@click.argument("question", metavar="ID", shell_complete=complete_ids)
@click.option("--seed", type=click.IntRange(0, MAX_SEED), metavar="N", help="Other inputs than the usual ones.")
@click.option("--no-run", is_flag=True, help="Only judge the cell; don't run it in the notebook.")
@click.option("--no-record", is_flag=True, help="Leave this out of `grader progress`.")
@click.option("--bank", "banks", multiple=True, type=click.Path(path_type=Path), metavar="DIR", help="One more bank.")
@language_option
def _line(
    question: str, seed: int | None, no_run: bool, no_record: bool, banks: tuple[Path, ...], language: Language
) -> MagicLine:
    """Judge this cell as the answer to a question."""
    return MagicLine(question, seed, not no_run, not no_record, banks, language)


def _parse(line: str) -> MagicLine:
    try:
        parsed: MagicLine = _line.main(shlex.split(line), prog_name="%%grade", standalone_mode=False)
    except click.ClickException as error:
        usage = "; write: %%grade ID [--seed N] [--lang en|zh] [--no-run] [--no-record] [--bank DIR]"
        raise UsageError(error.format_message().rstrip(".") + usage) from None
    except ValueError as error:  # a quote that is not closed
        raise UsageError(f"%%grade {line}: {error}") from None
    return parsed


# --- grading ---


class Kept:
    """One grader for as long as the kernel lives: torch is imported in its sandbox, so the second cell is quick."""

    def __init__(self) -> None:
        self._grader: Grader | None = None
        self._roots: tuple[Path, ...] = ()
        self._hashes: dict[str, str] = {}  # of the questions that it has read
        self._preload = False

    def grade(self, bank: Bank, entry: Entry, submission: Submission, seed: int) -> Result:
        """Raises BrokenGrader where the sandbox can't be made."""
        try:
            return self._fitting(bank, entry).grade(submission, seed)
        except BaseException:  # also Ctrl-C: what a process was asked for may still be under way
            self.close()
            raise

    def close(self) -> None:
        """End every process."""
        if self._grader is not None:
            self._grader.close()
            self._grader = None
        self._hashes.clear()

    def _fitting(self, bank: Bank, entry: Entry) -> Grader:
        """A new grader where the banks are others, the question was edited, or the first one comes that trains."""
        from grader.grading import Grader, Settings
        from grader.sandbox import Level

        changed = self._hashes.get(entry.id, entry.content_hash) != entry.content_hash
        if changed or self._roots != bank.roots or (entry.trains and not self._preload):
            self.close()
        if self._grader is None:
            self._roots, self._preload = bank.roots, self._preload or entry.trains
            self._grader = Grader(bank, Settings(isolation=Level.NONE, preload=self._preload))
        self._hashes[entry.id] = entry.content_hash
        return self._grader


class Shown:
    """A result in a cell: HTML where a notebook shows it, and plain lines elsewhere."""

    def __init__(self, result: Result, language: Language, said: str = "") -> None:
        self.result = result
        self._language = language
        self._said = said

    def _repr_html_(self) -> str:
        return cell_html(self.result, self._language, self._said)

    def __repr__(self) -> str:
        lines = [line.text for line in draw(self.result, self._language)]
        return "\n".join([*([visible_line(self._said)] if self._said else []), *lines])


class Magic:
    """`%%grade` in one shell."""

    def __init__(self, shell: InteractiveShell, kept: Kept) -> None:
        self._shell = shell
        self._kept = kept

    def __call__(self, line: str, cell: str) -> None:
        """Judge the cell, show the result, and run the cell in the notebook."""
        try:
            told = _parse(line)
            entry = self._judge(told, cell)
        except GraderError as error:
            note(f"grader: {error}")
            return
        if told.run and entry.is_code and self._compiles(cell):
            self._shell.run_cell(cell)

    def _judge(self, told: MagicLine, cell: str) -> Entry:
        from grader.grading import CHECK_SEED

        bank = Bank.open(told.banks)
        entry, seed = bank[told.question], CHECK_SEED if told.seed is None else told.seed
        if not cell.strip():
            raise UsageError(_EMPTY.in_language(told.language))
        submission = _submission(entry, cell, told.language)
        result = self._kept.grade(bank, entry, submission, seed)
        if result.verdict is Verdict.GRADER_ERROR and not result.checks:
            raise BrokenGrader(result.message.in_language(told.language) if result.message else "no reason given")
        display(Shown(result, told.language, self._said(result, told.language)))
        if result.verdict is not Verdict.GRADER_ERROR:
            note_all(tell(CHECK_RECORDERS, JudgedFile(Path("notebook"), entry, seed, submission, result, told.keep)))
        return entry

    def _said(self, result: Result, language: Language) -> str:
        """What to do where a name is missing that the notebook has."""
        told = [result.message, *(check.message for check in result.checks)]
        missing = (name for text in told if text for name in _UNDEFINED.findall(text.en))
        name = next((name for name in missing if name in self._shell.user_ns), None)
        return _ALONE.in_language(language).format(name=name) if name else ""

    def _compiles(self, cell: str) -> bool:
        """A syntax error has been explained already; Python's traceback would say it again."""
        try:
            with warnings.catch_warnings(action="ignore"):  # they come when it runs
                compile(self._shell.transform_cell(cell), "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
        return True


def _submission(entry: Entry, cell: str, language: Language) -> Submission:
    """The cell under the line numbers that the notebook shows, where `%%grade` is line 1. Raises UsageError."""
    text = without_magics(cell) if entry.is_code else cell
    submission = submission_of(f"\n{text}", entry.id, f"cell{entry.suffix}")
    if submission.error is not None:
        raise UsageError(f"the cell {submission.error.in_language(language)}")
    return submission


# --- loading ---

_kept = Kept()
atexit.register(_kept.close)


def load(shell: InteractiveShell) -> None:
    """Add `%%grade` to a shell."""
    shell.magics_manager.register_function(Magic(shell, _kept), "cell", "grade")


def unload(shell: InteractiveShell) -> None:
    """Take it away again, and end the sandbox."""
    shell.magics_manager.magics["cell"].pop("grade", None)
    _kept.close()
