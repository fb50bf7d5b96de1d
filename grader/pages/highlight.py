"""A submission as numbered lines of coloured tokens.

Only (style, text) pairs leave this module; the template writes and escapes them, so no markup is trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from pygments.lexers import PythonLexer, YamlLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from grader.pages.clean import cut, one_newline, visible

MAX_LINES = 3000
MAX_LINE = 1000  # characters of a line
MAX_COLOURED = 100_000  # characters; a longer source is shown without colours, which cost about 1 us each

_LEXERS = {"python": PythonLexer, "yaml": YamlLexer}
_STYLES = (  # the first that a token's type lies in
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Operator.Word, "k"),
    (Keyword, "k"),
    (Name.Decorator, "d"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Builtin, "b"),
    (Name.Exception, "b"),
    (Name.Tag, "k"),
)


class Token(NamedTuple):
    """A piece of one line."""

    style: str  # a class of the style sheet, or ""
    text: str


@dataclass
class SourceLine:
    """One line of a source."""

    number: int
    tokens: list[Token]
    more: int = 0  # characters that are not shown
    failed: list[str] = field(default_factory=list)  # what went wrong here, and in which check
    look: list[str] = field(default_factory=list)  # what an interviewer should look at


class SourceListing(NamedTuple):
    """A source, ready to be written."""

    lines: list[SourceLine]
    more: int  # lines that are not shown


@cache
def _style(token_type: Any) -> str:
    return next((style for kind, style in _STYLES if token_type in kind), "")


def _coloured(text: str, language: str) -> Iterator[Token]:
    for token_type, value in _LEXERS[language](stripnl=False, ensurenl=False).get_tokens(text):
        yield Token(_style(token_type), value)


def _split(tokens: Iterator[Token]) -> list[list[Token]]:
    """Tokens by line, neighbours of one style joined."""
    lines: list[list[Token]] = [[]]
    for style, text in tokens:
        first, *rest = text.split("\n")
        for i, piece in enumerate([first, *rest]):
            if i:
                lines.append([])
            if piece and lines[-1] and lines[-1][-1].style == style:
                lines[-1][-1] = Token(style, lines[-1][-1].text + piece)
            elif piece:
                lines[-1].append(Token(style, piece))
    return lines


def listing(source: str, language: str = "python") -> SourceListing:
    """The lines of a source in `python` or in `yaml`."""
    if not source:
        return SourceListing([], 0)
    # Cut before anything else looks at the text, so that ten megabytes on one line cost nothing.
    rows = one_newline(source).removesuffix("\n").split("\n", MAX_LINES)
    pieces = [cut(row, MAX_LINE) for row in rows[:MAX_LINES]]
    texts = [visible(piece.text) for piece in pieces]
    tokens = _tokens(texts, language)
    lines = [SourceLine(i + 1, tokens[i], piece.more) for i, piece in enumerate(pieces)]
    return SourceListing(lines, sum(rest.count("\n") + 1 for rest in rows[MAX_LINES:]))


def _tokens(texts: list[str], language: str) -> list[list[Token]]:
    whole = "\n".join(texts)
    coloured = _split(_coloured(whole, language)) if len(whole) <= MAX_COLOURED else []
    if len(coloured) == len(texts):
        return coloured
    return [[Token("", text)] for text in texts]  # a lexer that lost a line would shift the marks


def mark(shown: SourceListing, failed: list[tuple[int, str]], look: list[tuple[int, str]]) -> None:
    """Note on the lines what happened there; a line number outside the listing is left out."""
    for number, what in failed:
        if 0 < number <= len(shown.lines) and what not in shown.lines[number - 1].failed:
            shown.lines[number - 1].failed.append(what)
    for number, what in look:
        if 0 < number <= len(shown.lines) and what not in shown.lines[number - 1].look:
            shown.lines[number - 1].look.append(what)
