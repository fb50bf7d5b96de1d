"""`grader solution`."""

from __future__ import annotations

import sys

import click

from grader.cli.code_text import write_code
from grader.cli.completing import complete_ids
from grader.cli.options import Shared, language_option, note
from grader.cli.recording import LOOK_RECORDERS, Looked, note_all, tell
from grader.errors import UsageError
from grader.question import Entry, read_text
from grader.text import Language, Text

_WARNING = Text(
    en="grader: this shows the whole answer to '{id}', and `grader progress` will say that you saw it",
    zh="grader：这会显示 '{id}' 的完整答案，`grader progress` 会注明你看过",
)
_ASK = Text(en="Show it?", zh="要显示吗？")
_NOT_SHOWN = Text(
    en="grader: not shown; a hint gives less away: grader hint {id}",
    zh="grader：未显示；先看提示吧：grader hint {id}",
)
_OTHERS = Text(en="grader: {n} other right answers are in {folder}", zh="grader：另有 {n} 份正确答案，见 {folder}")


@click.command("solution")
@click.argument("question", metavar="ID", shell_complete=complete_ids)
@click.option("--yes", is_flag=True, help="Do not ask. Needed where there is no terminal to ask at.")
@language_option
@click.pass_obj
def command(shared: Shared, question: str, yes: bool, language: Language) -> None:
    """Show the reference solution to a question, after a warning.

    It is noted, and a question that is solved afterwards counts as solved after seeing the solution. On a terminal
    the code is highlighted; into a file or a pipe it goes as it is.

    \b
    Example:
      grader solution causal-attention
      grader solution causal-attention --yes > reference.py
    """
    entry = shared.open_bank()[question]
    source = read_text(entry.reference)
    if not (yes or _agreed(entry, language)):
        note(_NOT_SHOWN.in_language(language).format(id=entry.id))
        return
    problems = tell(LOOK_RECORDERS, Looked("solution", entry))
    write_code(source, entry.language)
    if others := len(entry.solutions_in("accepted")):
        note(_OTHERS.in_language(language).format(n=others, folder=entry.solutions / "accepted"))
    note_all(problems)


def _agreed(entry: Entry, language: Language) -> bool:
    if not _can_ask():
        raise UsageError(f"there is no terminal to ask at whether to show the answer to '{entry.id}'; --yes shows it")
    note(_WARNING.in_language(language).format(id=entry.id))
    return click.confirm(_ASK.in_language(language), err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()
