"""What `check --watch` shows after a run: the verdict, what changed, the first failing check, then the rest.

On a terminal it is one screen that is drawn anew, and never higher than the terminal; elsewhere plain lines follow
one another. Everything goes through `grader.cli.draw`, which makes text from a submission fit to be shown.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from grader.cli import draw
from grader.cli.columns import width
from grader.cli.draw import Line
from grader.pages import PageWords, visible_line
from grader.result import CheckResult, Result
from grader.text import Language, Text
from grader.verdict import Verdict

MAX_NAMES = 4  # of checks in one sentence
MAX_PRINTED = 8  # lines of what the submission printed: the end

_SINCE = Text(en="since the last run: {what}", zh="与上次相比：{what}")
_SAME = Text(en="the same checks pass as in the last run", zh="通过的检查项与上次相同")
_POINTS = Text(en="{n:+d} points", zh="{n:+d} 分")
_POINT = Text(en="{n:+d} point", zh="{n:+d} 分")
_NOW_PASS = Text(en="now pass: {names}", zh="现已通过：{names}")
_NO_LONGER = Text(en="no longer pass: {names}", zh="不再通过：{names}")
_JOIN = Text(en="; ", zh="；")
_COMMA = Text(en=", ", zh="、")
_AND_MORE = Text(en="{names} and {n} more", zh="{names}等 {n} 项")
_CUT = Text(
    en="… (`grader check` without --watch shows all of it)", zh="……（不带 --watch 的 `grader check` 会显示全部内容）"
)


@dataclass(frozen=True)
class ScreenParts:
    """The parts of a screen, the most important first."""

    head: Sequence[Line]  # title, verdict, and why nothing could be run
    changed: Sequence[Line] = ()  # since the last run
    failure: Sequence[Line] = ()  # the first check that fails, with its reasons
    rest: Sequence[Line] = ()  # the other checks, a line each
    marks: Sequence[str] = ()  # the same in short, where they do not fit
    printed: Sequence[Line] = ()
    cut: Sequence[Line] = ()  # the last line of a failure that does not fit


def picture(result: Result, before: Result | None, language: Language, *, ascii_only: bool = False) -> ScreenParts:
    """The screen of a result; `before` is the one of the last run."""
    words = PageWords(language)
    first = next((check for check in result.checks if _fails(check)), None)
    others = [check for check in result.checks if check is not first]
    if result.message is not None and first is None:
        others = []  # every check says that nothing could be run
    return ScreenParts(
        head=[
            Line(visible_line(f"{result.question}: {result.title.in_language(language)}"), "bold"),
            draw.headline(result, language, ascii_only),
            *_message(result, words),
        ],
        changed=[Line(changed(before, result, language), "dim")] if before else [],
        failure=list(_failure(first, result, words, ascii_only)) if first else [],
        rest=[draw.check_line(check, words, ascii_only) for check in others],
        marks=[
            f"{draw.symbol(one.verdict, ascii_only)} {visible_line(one.title.in_language(language))}" for one in others
        ],
        printed=_printed(result, language),
        cut=[Line(_CUT.in_language(language), "dim")],
    )


def _message(result: Result, words: PageWords) -> Iterable[Line]:
    if result.message is None:
        return
    yield from draw.block(result.message.in_language(words.language), "", words.language)
    line = next((check.line for check in result.checks if check.line is not None), None)
    if not any(_fails(check) for check in result.checks) and f"line {line}" not in result.message.en:
        yield from (line for check in result.checks for line in draw.trace_lines(check, words))


def _fails(check: CheckResult) -> bool:
    return not check.manual and check.verdict not in (Verdict.ACCEPTED, Verdict.SKIPPED)


def _failure(check: CheckResult, result: Result, words: PageWords, ascii_only: bool) -> Iterable[Line]:
    """What a short screen must not lose comes first: the case, and the mistake's name."""
    yield draw.check_line(check, words, ascii_only)
    yield from draw.case_lines(check, words)
    yield from draw.hint_lines(check, words)
    if check.message != result.message:
        yield from draw.message_lines(check, words)
    yield from draw.trace_lines(check, words)


def _printed(result: Result, language: Language) -> list[Line]:
    if not result.output.strip():
        return []
    lines = list(draw.block(result.output, draw.INDENT, language, "dim"))[-MAX_PRINTED:]
    return [Line(draw.PRINTED.in_language(language), "bold"), *lines]


# --- what changed ---


def changed(before: Result, now: Result, language: Language) -> str:
    """Points and checks, against the last run."""
    was, passes = _passing(before), _passing(now)
    parts = []
    if difference := now.points - before.points:
        parts.append((_POINT if abs(difference) == 1 else _POINTS).in_language(language).format(n=difference))
    titles = {check.name: check.title.in_language(language) for check in (*before.checks, *now.checks)}
    for text, names in ((_NOW_PASS, passes - was), (_NO_LONGER, was - passes)):
        if names:
            ordered = [visible_line(title) for name, title in titles.items() if name in names]
            parts.append(text.in_language(language).format(names=_listed(ordered, language)))
    if not parts:
        return _SAME.in_language(language)
    return _SINCE.in_language(language).format(what=_JOIN.in_language(language).join(parts))


def _passing(result: Result) -> set[str]:
    return {check.name for check in result.checks if check.verdict is Verdict.ACCEPTED}


def _listed(names: list[str], language: Language) -> str:
    shown = _COMMA.in_language(language).join(names[:MAX_NAMES])
    more = len(names) - MAX_NAMES
    if more <= 0:
        return shown
    return _AND_MORE.in_language(language).format(names=shown, n=more if language == "en" else len(names))


# --- showing it ---


def plain(drawn: ScreenParts) -> list[str]:
    """All of it, for what is no terminal."""
    return [line.text for line in _spaced(_top(drawn), drawn.failure, drawn.rest, drawn.printed)]


def fit(drawn: ScreenParts, foot: Sequence[Line], columns: int, rows: int) -> list[Line]:
    """At most `rows` lines of at most `columns` columns, with the foot below."""

    def wrapped(lines: Iterable[Line]) -> list[Line]:
        return _wrapped(lines, columns)

    rest, marks = wrapped(drawn.rest), _flowing(drawn.marks, columns)
    begin = _spaced(wrapped(_top(drawn)), wrapped(drawn.failure))
    end = _spaced([], wrapped(foot))
    room = rows - len(begin) - len(end)
    for more in ((rest, drawn.printed), (marks, drawn.printed), (rest,), (marks,), ()):
        middle = _spaced([], *map(wrapped, more))
        if len(middle) <= room:
            return [*begin, *middle, *end]
    # A small terminal: no empty lines; of what changed, and of each line of the foot, one line.
    shown = [*wrapped(drawn.head), *wrapped(drawn.changed)[:1], *wrapped(drawn.failure)]
    below = [wrapped([line])[0] for line in foot][-max(1, rows // 2) :]
    room = rows - len(below)
    if len(shown) > room:
        shown = [*shown[: max(0, room - 1)], *wrapped(drawn.cut)[: min(room, 1)]]
    return shown + below


def _top(drawn: ScreenParts) -> list[Line]:
    return [*drawn.head, *drawn.changed]


def _spaced(first: Sequence[Line], *parts: Sequence[Line]) -> list[Line]:
    """The parts, with an empty line before each but the first."""
    found = list(first)
    for part in parts:
        found += [Line(""), *part] if part else []
    return found


def _flowing(marks: Iterable[str], columns: int) -> list[Line]:
    """Checks beside each other, as many as a line holds."""
    lines: list[str] = []
    for mark in marks:
        if lines and width(lines[-1]) + width(mark) + 3 <= columns:
            lines[-1] += f"   {mark}"
        else:
            lines.append(mark)
    return [Line(line, "dim") for line in lines]


def _wrapped(lines: Iterable[Line], columns: int) -> list[Line]:
    from rich.console import Console
    from rich.text import Text as Coloured

    console = Console(width=columns)
    found = []
    for line in lines:
        indent = line.text[: len(line.text) - len(line.text.lstrip())][: columns // 2]
        pieces = Coloured(line.text.strip()).wrap(console, max(1, columns - len(indent)))
        found += [Line(indent + piece.plain.rstrip(), line.style) for piece in pieces] or [Line("")]
    return found


class Screen:
    """One screen of a terminal, cleared and drawn anew."""

    def __init__(self) -> None:
        self._drawn = ScreenParts([])
        self._foot: list[Line] = []
        self._size = shutil.get_terminal_size()

    def show(self, drawn: ScreenParts | None, foot: Sequence[Line]) -> None:
        """Draw; without a picture the last one stays above another foot."""
        self._drawn = self._drawn if drawn is None else drawn
        self._foot = list(foot)
        self._draw()

    def follow_size(self) -> None:
        """Draw again where the terminal has another size now."""
        if shutil.get_terminal_size() != self._size:
            self._draw()

    def _draw(self) -> None:
        from rich.console import Console
        from rich.text import Text as Coloured

        self._size = shutil.get_terminal_size()
        columns, rows = self._size
        console = Console(highlight=False, width=columns)
        with console.capture() as captured:
            for line in fit(self._drawn, self._foot, columns, max(1, rows - 1)):  # the last row is the cursor's
                console.print(Coloured(line.text, style=line.style), no_wrap=True, overflow="crop")
        click.clear()
        sys.stdout.write(captured.get())
        sys.stdout.flush()
