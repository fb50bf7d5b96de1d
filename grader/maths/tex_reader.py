"""Reading TeX maths.

Own code, because nothing that could be found gives both MathML and Typst: latex2mathml writes the text of
`\\text{...}` into the page without escaping it, and passes commands over that it does not know.

Reading never fails. What can't be read is a problem that the reading tells, and as much of its text as can be is
kept beside the rest: a sheet then shows the formula as it was written, a terminal what was made of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from grader.maths import tex_atoms as atoms
from grader.maths import tex_symbols as symbols
from grader.maths.formula_tree import (
    Accent,
    Fenced,
    Fraction,
    Letter,
    MathRow,
    MathSpace,
    MathWords,
    Name,
    Node,
    Number,
    Root,
    Script,
    Sign,
    Sized,
    Table,
    joined,
)

MAX_DEPTH = 60  # of nesting; below what Python's stack can hold, above any formula

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_STOPS = ("}", "&", "\\\\", "\\right", "\\end")  # these close something, wherever they stand
_CELL_ENDS = ("&", "\\\\", "\\end")
_STRAYS: dict[str, Node] = {"&": MathSpace(0.25), "\\\\": Sign(";", "closing")}
_ENVIRONMENTS = {  # their delimiters
    "aligned": ("", ""), "align*": ("", ""), "split": ("", ""), "cases": ("{", ""), "matrix": ("", ""),
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"),
}  # fmt: skip
_ALIGNED = ("aligned", "align*", "split")
_FRACTIONS: dict[str, Literal["", "text", "display"]] = {"frac": "", "tfrac": "text", "dfrac": "display"}


class TexError(Exception):
    """A formula that can't be read; says why."""


@dataclass(frozen=True)
class Reading:
    """What could be made of a formula."""

    row: MathRow
    problem: str | None  # the first thing that can't be read; None: everything can


def read(tex: str) -> Reading:
    """One formula, as far as it can be read."""
    reader = _Reader(tex)
    row = reader.row(())
    return Reading(row, reader.problem)


def parse(tex: str) -> MathRow:
    """The tree of one formula. Raises TexError where any of it can't be read."""
    reading = read(tex)
    if reading.problem is not None:
        raise TexError(reading.problem)
    return reading.row


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(tex)[::-1]  # the next one is last
        self.problem: str | None = None
        self.open: list[tuple[str, ...]] = []  # what ends each row that is being read
        self.depth = 0
        self.spaced = -1  # how many tokens were left behind the last spaces

    def row(self, closing: tuple[str, ...]) -> MathRow:
        """All up to one of the tokens, which stays, or to the end where there are none."""
        self.open.append(closing)
        items: list[Node] = []
        gaps = set()
        while not self._is_at_end():
            if self.spaced == len(self.tokens):
                gaps.add(len(items))
            node = self._stray() if self.tokens[-1] in _STOPS else self._scripted()
            if node is not None:
                items.append(node)
        self.open.pop()
        if closing and not self.tokens:
            self._wrong(f"'{closing[0]}' is missing")
        return MathRow(tuple(items), frozenset(gaps - {0, len(items)}))

    def _wrong(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _skip_spaces(self) -> None:
        while self.tokens and self.tokens[-1].isspace():
            self.tokens.pop()
            self.spaced = len(self.tokens)

    def _is_next(self, *tokens: str) -> bool:
        """Whether one of the tokens comes next, behind spaces."""
        self._skip_spaces()
        return bool(self.tokens) and self.tokens[-1] in tokens

    def _is_at_end(self) -> bool:
        """Whether the row that is being read ends here, be it that an outer one does."""
        if self._is_next(*self.open[-1]) or not self.tokens:
            return True
        return self.tokens[-1] in _STOPS and any(self.tokens[-1] in closing for closing in self.open)

    def _take(self, token: str) -> None:
        if self._is_next(token):
            self.tokens.pop()
        else:
            self._wrong(f"'{token}' is missing")

    def _stray(self) -> Node | None:
        """What closes something that is not open."""
        token = self.tokens.pop()
        self._wrong(f"'{token}' stands where nothing is open")
        if token == "\\right":
            return Sign(self._delimiter().character, "closing")
        if token == "\\end":
            self._words()
        return _STRAYS.get(token)

    def _scripted(self) -> Node | None:
        """One thing with its scripts."""
        base = MathRow(()) if self.tokens[-1] in ("^", "_", "'") else self._single()
        below: MathRow | None = None
        above = MathRow(())
        while self._is_next("^", "_", "'"):
            if below is not None and self.tokens[-1] == "_":
                self._wrong("it has two subscripts in a row")
                break
            token = self.tokens.pop()
            if token == "'":
                above = joined(above, MathRow((Letter("′", upright=True),)))
            elif token == "^":
                above = joined(above, self._argument())
            else:
                below = self._argument()
        if below is None and not above.items:
            return base
        return Script(base or MathRow(()), below, above if above.items else None)

    def _argument(self) -> MathRow:
        """The next group, or the next single thing."""
        self._skip_spaces()
        if not self.tokens or self.tokens[-1] in (*_STOPS, "^", "_"):
            self._wrong("an argument is missing")
            return MathRow(())
        if self.tokens[-1].isdigit():
            return MathRow((Number(self.tokens.pop()),))
        node = self._single()
        return node if isinstance(node, MathRow) else MathRow(() if node is None else (node,))

    def _single(self) -> Node | None:
        if self.depth == MAX_DEPTH:
            self._wrong("it is nested too deeply")
            self.tokens.clear()
            return Sign("…", "dots")
        self.depth += 1
        node = self._started(self.tokens.pop())
        self.depth -= 1
        return node

    def _started(self, token: str) -> Node | None:
        """What begins with a token that has just been read."""
        if token == "{":
            inside = self.row(("}",))
            self._take("}")
            return inside
        if token.isdigit():
            return Number(token + self._more_digits())
        if token.startswith("\\"):
            return self._command(token[1:])
        if token == "~":
            return MathSpace(0.25)
        if token in "#$%":
            self._wrong(f"'{token}' can't stand here")
        return atoms.of_character(token)

    def _more_digits(self) -> str:
        digits = ""
        while self.tokens and (self.tokens[-1].isdigit() or self._is_point()):
            digits += self.tokens.pop()
        return digits

    def _is_point(self) -> bool:
        return self.tokens[-1] == "." and len(self.tokens) > 1 and self.tokens[-2].isdigit()

    def _command(self, name: str) -> Node | None:
        node = atoms.of_command(name)
        if node is not None or name in symbols.IGNORED:
            return node
        if name in _FRACTIONS:
            return Fraction(self._argument(), self._argument(), _FRACTIONS[name])
        if name == "sqrt":
            return self._root()
        if name in symbols.ACCENTS:
            return Accent(self._argument(), symbols.ACCENTS[name])
        if name in symbols.WORDS:
            return MathWords(self._words())
        if name in ("operatorname", "operatorname*"):
            return Name(self._words(), limits=name.endswith("*"))
        if name in symbols.ALPHABETS:
            return atoms.in_alphabet(self._argument(), symbols.ALPHABETS[name])
        if name in symbols.SIZES:
            delimiter = self._delimiter()
            return Sized(delimiter.character, symbols.SIZES[name], delimiter.kind)
        if name == "left":
            return self._fenced()
        if name == "begin":
            return self._table()
        self._wrong(f"the command \\{name} is not known")
        return Name(name) if name.isalpha() else Sign(name or "\\")

    def _root(self) -> Root:
        degree = None
        if self._is_next("["):
            self.tokens.pop()
            degree = self.row(("]",))
            self._take("]")
        return Root(self._argument(), degree)

    def _words(self) -> str:
        """The text of a group, where spaces count and only a few characters are escaped."""
        if not self._is_next("{"):
            self._wrong("'{' is missing")
            return self._in_text(self.tokens.pop()) if self.tokens and self.tokens[-1] not in _STOPS else ""
        self.tokens.pop()
        words, depth = "", 1
        while self.tokens:
            token = self.tokens.pop()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return words
            words += self._in_text(token) if token not in "{}" else ""
        self._wrong("'}' is missing")
        return words

    def _in_text(self, token: str) -> str:
        if token.startswith("\\") and token[1:] not in (*symbols.ESCAPED, " "):
            self._wrong(f"{token} can't stand in a text")
            return atoms.spelt(token[1:])
        return token.removeprefix("\\")

    def _delimiter(self) -> symbols.Symbol:
        """The next bracket, or none at all where something else comes next."""
        if self._is_next(*symbols.DELIMITERS):
            return symbols.DELIMITERS[self.tokens.pop()]
        self._wrong(f"'{self.tokens[-1] if self.tokens else ''}' is no bracket")
        return symbols.DELIMITERS["."]

    def _fenced(self) -> Fenced:
        left = self._delimiter().character
        inside = self.row(("\\right",))
        if not self._is_next("\\right"):
            self._wrong("'\\right' is missing")
            return Fenced(left, "", inside)
        self.tokens.pop()
        return Fenced(left, self._delimiter().character, inside)

    def _table(self) -> Table:
        name = self._words()
        if name not in _ENVIRONMENTS:
            self._wrong(f"the environment '{name}' is not known")
        rows = self._cells()
        if not (self._is_next("\\end") and self.tokens.pop() and self._words() == name):
            self._wrong(f"\\begin{{{name}}} has no end")
        kind: Literal["aligned", "cases", "matrix"] = (
            "aligned" if name in _ALIGNED else "cases" if name == "cases" else "matrix"
        )
        filled = tuple(tuple(row) for row in rows if any(cell.items for cell in row))
        return Table(kind, filled, *_ENVIRONMENTS.get(name, ("", "")))

    def _cells(self) -> list[list[MathRow]]:
        rows = [[self.row(_CELL_ENDS)]]
        while self._is_next("&", "\\\\"):
            if self.tokens.pop() == "&":
                rows[-1].append(self.row(_CELL_ENDS))
            else:
                rows.append([self.row(_CELL_ENDS)])
        return rows
