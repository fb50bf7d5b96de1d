"""A result in the terminal.

Everything here may come from a submission, so no text reaches the terminal before `visible` has turned escape
codes, control characters and marks that reverse the writing direction into something that can be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from grader.report.clean import one_newline, visible, visible_line
from grader.report.words import Words
from grader.result import CheckResult, Result
from grader.text import Language, Text
from grader.verdict import Verdict

MAX_LINES = 30  # of a message, a trace, or printed output: the end of it
MAX_LINE = 500  # characters
_INDENT = "    "

_SYMBOLS = {Verdict.ACCEPTED: ("✓", "+"), Verdict.SKIPPED: ("–", "-")}  # here, and where only ASCII is shown
_FAILED = ("✗", "x")
_STYLES = {Verdict.ACCEPTED: "green", Verdict.SKIPPED: "dim"}

_POINTS = Text(en="{points} of {of} points", zh="{points} / {of} 分")
_BY_HAND = Text(en="and up to {n} by hand", zh="另有 {n} 分由人工评定")
_CASE = Text(en="case: {case}", zh="用例：{case}")
_LINE = Text(en="line {line}", zh="第 {line} 行")
_MANUAL = Text(en="left to a human", zh="由人工评定")
_PRINTED = Text(en="It printed:", zh="它打印了：")
_CUT = Text(en="… {n} earlier lines", zh="… 前面还有 {n} 行")


class Line(NamedTuple):
    """One line of the drawing, fit to be shown."""

    text: str
    style: str = ""


def show_result(result: Result, language: Language) -> None:
    """Write a result to stdout: with colours on a terminal, as plain lines elsewhere."""
    lines = draw(result, language, ascii_only=not _has_symbols())
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


def _has_symbols() -> bool:
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
    words = Words(language)
    yield Line(visible_line(f"{result.question}: {result.title.in_language(language)}"), "bold")
    yield _headline(result, language, ascii_only)
    if result.message is not None:
        yield from _block(result.message.in_language(language), "")
    if result.checks:
        yield Line("")
    # Where nothing could be run, every check says so: the sentence above is enough.
    for check in result.checks:
        yield from _check(check, result, words, ascii_only)
    if result.output.strip():
        yield Line("")
        yield Line(_PRINTED.in_language(language), "bold")
        yield from _block(result.output, _INDENT, language, "dim")


def _headline(result: Result, language: Language, ascii_only: bool) -> Line:
    words = Words(language)
    parts = [
        f"{symbol(result.verdict, ascii_only)} {words.verdict(result.verdict)}",
        _POINTS.in_language(language).format(points=result.points, of=result.max_points),
    ]
    if result.manual_points:
        parts.append(_BY_HAND.in_language(language).format(n=result.manual_points))
    if result.seconds:
        parts.append(words.seconds(result.seconds))
    return Line(", ".join(parts), f"bold {style(result.verdict)}")


def _check(check: CheckResult, result: Result, words: Words, ascii_only: bool) -> Iterator[Line]:
    language = words.language
    title = visible_line(check.title.in_language(language))
    if check.manual:
        yield Line(f"? {title}  ({_MANUAL.in_language(language)})", "cyan")
        return
    verdict = "" if check.verdict is Verdict.ACCEPTED else f"  {words.verdict(check.verdict)}"
    mark = symbol(check.verdict, ascii_only)
    yield Line(f"{mark} {check.points}/{check.max_points}  {title}{verdict}", style(check.verdict))
    if check.verdict is not Verdict.ACCEPTED:
        yield from _why(check, result, words)


def _why(check: CheckResult, result: Result, words: Words) -> Iterator[Line]:
    language = words.language
    if check.case is not None:
        case = visible_line(check.case.in_language(language))
        yield Line(_INDENT + _CASE.in_language(language).format(case=case))
    if check.message is not None and check.message != result.message:
        yield from _block(check.message.in_language(language), _INDENT, language)
    if check.line is not None:
        yield Line(_INDENT + _LINE.in_language(language).format(line=check.line))
    if check.trace:
        yield from _block(check.trace, _INDENT * 2, language, "dim")
    if check.hint is not None and check.mistake is None:
        yield from _block(check.hint.in_language(language), _INDENT, language, "yellow")
    if check.mistake is not None:
        yield from _block(words.mistake(check.mistake.name), _INDENT, language, "yellow")
        yield from _block(check.mistake.way_out.in_language(language), _INDENT, language, "yellow")


def _block(text: str, indent: str, language: Language = "en", style: str = "") -> Iterator[Line]:
    """The end of a text of several lines, made fit to be shown."""
    lines = visible(one_newline(text)).rstrip("\n").split("\n")
    if len(lines) > MAX_LINES:
        cut = len(lines) - MAX_LINES
        yield Line(indent + _CUT.in_language(language).format(n=cut), "dim")
        lines = lines[cut:]
    for line in lines:
        shown = line if len(line) <= MAX_LINE else line[:MAX_LINE] + " …"
        yield Line(indent + shown.expandtabs(4), style)
