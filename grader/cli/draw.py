"""A result in the terminal.

Everything here may come from a submission, so no text reaches the terminal before `visible` has turned escape
codes, control characters and marks that reverse the writing direction into something that can be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from grader.pages import PageWords, one_newline, visible, visible_line
from grader.result import CheckResult, Result
from grader.text import Language, Text
from grader.verdict import Verdict

MAX_LINES = 30  # of a message, a trace, or printed output: the end of it
MAX_LINE = 500  # characters
INDENT = "    "

_SYMBOLS = {Verdict.ACCEPTED: ("✓", "+"), Verdict.SKIPPED: ("–", "-")}  # here, and where only ASCII is shown
_FAILED = ("✗", "x")
_STYLES = {Verdict.ACCEPTED: "green", Verdict.SKIPPED: "dim"}

_POINTS = Text(en="{points} of {of} points", zh="{points} / {of} 分")
_BY_HAND = Text(en="and up to {n} by hand", zh="另有 {n} 分由人工评定")
_CASE = Text(en="case: {case}", zh="用例：{case}")
_LINE = Text(en="line {line}", zh="第 {line} 行")
_MANUAL = Text(en="left to a human", zh="由人工评定")
PRINTED = Text(en="It printed:", zh="它打印了：")
_CUT = Text(en="… {n} earlier lines", zh="… 前面还有 {n} 行")


class Line(NamedTuple):
    """One line of the drawing, fit to be shown."""

    text: str
    style: str = ""


def show_result(result: Result, language: Language) -> None:
    """Write a result to stdout: with colours on a terminal, as plain lines elsewhere."""
    lines = draw(result, language, ascii_only=not has_symbols())
    if sys.stdout.isatty():
        _show_coloured(lines)
        return
    for line in lines:
        click.echo(line.text)


def _show_coloured(lines: Iterator[Line]) -> None:
    from rich.console import Console
    from rich.text import Text as Coloured

    console = Console(highlight=False)
    for line in lines:
        console.print(Coloured(line.text, style=line.style))  # a Text: `[bold]` in a message is no markup


def has_symbols() -> bool:
    """Whether stdout can show the marks."""
    try:
        "✓✗–…·".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def symbol(verdict: Verdict, ascii_only: bool = False) -> str:
    """A mark for a verdict."""
    return _SYMBOLS.get(verdict, _FAILED)[ascii_only]


def style(verdict: Verdict) -> str:
    """The colour of a verdict, in the words of rich."""
    return _STYLES.get(verdict, "red")


def draw(result: Result, language: Language, ascii_only: bool = False) -> Iterator[Line]:
    """The lines of a result."""
    words = PageWords(language)
    yield Line(visible_line(f"{result.question}: {result.title.in_language(language)}"), "bold")
    yield headline(result, language, ascii_only)
    if result.message is not None:
        yield from block(result.message.in_language(language), "")
    if result.checks:
        yield Line("")
    # Where nothing could be run, every check says so: the sentence above is enough.
    for check in result.checks:
        yield from _check(check, result, words, ascii_only)
    if result.output.strip():
        yield Line("")
        yield Line(PRINTED.in_language(language), "bold")
        yield from block(result.output, INDENT, language, "dim")


def headline(result: Result, language: Language, ascii_only: bool) -> Line:
    """Verdict, points and time."""
    words = PageWords(language)
    parts = [
        f"{symbol(result.verdict, ascii_only)} {words.verdict(result.verdict)}",
        _POINTS.in_language(language).format(points=result.points, of=result.max_points),
    ]
    if result.manual_points:
        parts.append(_BY_HAND.in_language(language).format(n=result.manual_points))
    if result.seconds:
        parts.append(words.seconds(result.seconds))
    return Line(", ".join(parts), f"bold {style(result.verdict)}")


def _check(check: CheckResult, result: Result, words: PageWords, ascii_only: bool) -> Iterator[Line]:
    yield check_line(check, words, ascii_only)
    if check.verdict is not Verdict.ACCEPTED and not check.manual:
        yield from _why(check, result, words)


def check_line(check: CheckResult, words: PageWords, ascii_only: bool) -> Line:
    """A check in one line: its mark, points, title and, where it did not pass, its verdict."""
    title = visible_line(check.title.in_language(words.language))
    if check.manual:
        return Line(f"? {title}  ({_MANUAL.in_language(words.language)})", "cyan")
    verdict = "" if check.verdict is Verdict.ACCEPTED else f"  {words.verdict(check.verdict)}"
    mark = symbol(check.verdict, ascii_only)
    return Line(f"{mark} {check.points}/{check.max_points}  {title}{verdict}", style(check.verdict))


def _why(check: CheckResult, result: Result, words: PageWords) -> Iterator[Line]:
    yield from case_lines(check, words)
    if check.message != result.message:
        yield from message_lines(check, words)
    yield from trace_lines(check, words)
    yield from hint_lines(check, words)


def case_lines(check: CheckResult, words: PageWords) -> Iterator[Line]:
    """The smallest failing case."""
    if check.case is not None:
        case = visible_line(check.case.in_language(words.language))
        yield Line(INDENT + _CASE.in_language(words.language).format(case=case))


def message_lines(check: CheckResult, words: PageWords) -> Iterator[Line]:
    """Where, got and expected."""
    if check.message is not None:
        yield from block(check.message.in_language(words.language), INDENT, words.language)


def trace_lines(check: CheckResult, words: PageWords) -> Iterator[Line]:
    """Where it raised."""
    if check.line is not None:
        yield Line(INDENT + _LINE.in_language(words.language).format(line=check.line))
    if check.trace:
        yield from block(check.trace, INDENT * 2, words.language, "dim")


def hint_lines(check: CheckResult, words: PageWords) -> Iterator[Line]:
    """The known mistake and the way out, or else what is true of the wrong result."""
    language = words.language
    if check.mistake is not None:
        yield from block(words.mistake(check.mistake.name), INDENT, language, "yellow")
        yield from block(check.mistake.way_out.in_language(language), INDENT, language, "yellow")
    elif check.hint is not None:
        yield from block(check.hint.in_language(language), INDENT, language, "yellow")


def block(text: str, indent: str, language: Language = "en", style: str = "") -> Iterator[Line]:
    """The end of a text of several lines, made fit to be shown."""
    lines = visible(one_newline(text)).rstrip("\n").split("\n")
    if len(lines) > MAX_LINES:
        cut = len(lines) - MAX_LINES
        yield Line(indent + _CUT.in_language(language).format(n=cut), "dim")
        lines = lines[cut:]
    for line in lines:
        shown = line if len(line) <= MAX_LINE else line[:MAX_LINE] + " …"
        yield Line(indent + shown.expandtabs(4), style)
