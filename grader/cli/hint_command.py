"""`grader hint`."""

from __future__ import annotations

import click

from grader.cli.completing import complete_ids
from grader.cli.options import Shared, language_option, note
from grader.cli.recording import LOOK_RECORDERS, Looked, hints_in_interview, note_all, tell
from grader.cli.show_command import write_hint
from grader.errors import UsageError
from grader.practice import History, progress_file
from grader.text import Language, Text

_NONE = Text(en="grader: '{id}' has no hints", zh="grader：'{id}' 没有提示")
_LAST = Text(
    en="grader: all {n} hints of '{id}' were shown; see the last one again with --again, any with "
    "`grader show {id} --hint N`, and the solution with `grader solution {id}`",
    zh="grader：'{id}' 的 {n} 条提示已全部显示；用 --again 再看最后一条，用 `grader show {id} --hint N` 查看任意一条，"
    "用 `grader solution {id}` 查看参考答案",
)
_MORE = Text(
    en="grader: hints left: {n}; the next one: grader hint {id}", zh="grader：还有 {n} 条提示；下一条：grader hint {id}"
)
_UNKNOWN = Text(
    en="grader: {problem}; so this is the first hint, and `grader show {id} --hint N` shows the others",
    zh="grader：{problem}；因此显示第一条提示，其余的用 `grader show {id} --hint N` 查看",
)


@click.command("hint")
@click.argument("question", metavar="ID", shell_complete=complete_ids)
@click.option("--again", is_flag=True, help="Repeat the last hint that was shown; it is not counted again.")
@language_option
@click.pass_obj
def command(shared: Shared, question: str, again: bool, language: Language) -> None:
    """Show the next hint to a question, and count it.

    Hints go from a nudge to nearly the answer. `grader progress` says how many were used; `grader show ID --hint N`
    shows any of them and counts none. In the folder of an interview they are counted for that interview.

    \b
    Example:
      grader hint causal-attention
      grader hint causal-attention --again
    """
    entry = shared.open_bank()[question]
    count = len(entry.question.hints.en)
    if not count:
        note(_NONE.in_language(language).format(id=entry.id))
        return
    before, problem = _shown_before(entry.id)
    if problem is not None:
        note(_UNKNOWN.in_language(language).format(problem=problem, id=entry.id))
        write_hint(entry.question, 1, language)
        tell(LOOK_RECORDERS, Looked("hint", entry, hint=1))  # others may be able to keep it
        return
    if again and not before:
        raise UsageError(f"no hint to '{entry.id}' was shown yet; `grader hint {entry.id}` shows the first")
    if not again and before >= count:
        note(_LAST.in_language(language).format(n=count, id=entry.id))
        return
    number = min(before, count) if again else before + 1  # the question may have lost hints
    write_hint(entry.question, number, language)
    if number < count:
        note(_MORE.in_language(language).format(n=count - number, id=entry.id))
    if not again:
        note_all(tell(LOOK_RECORDERS, Looked("hint", entry, hint=number)))


def _shown_before(question: str) -> tuple[int, str | None]:
    """How many hints were shown, in the interview where there is one; or why that is not known."""
    try:
        shown = hints_in_interview(question)
        return History(progress_file()).last_hint(question) if shown is None else shown, None
    except UsageError as error:
        return 0, str(error)
