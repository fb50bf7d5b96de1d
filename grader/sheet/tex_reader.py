"""Reading TeX maths.

Own code, because nothing that could be found gives both MathML and Typst: latex2mathml writes the text of
`\\text{...}` into the page without escaping it, and passes commands over that it does not know. What this
module does not know raises TexError, and the formula is then shown as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from grader.sheet import tex_symbols as symbols
from grader.sheet.tex import (
    Accent,
    Fenced,
    Fraction,
    Letter,
    Name,
    Node,
    Number,
    Root,
    Row,
    Script,
    Sign,
    Sized,
    Space,
    Table,
    Words,
)

MAX_DEPTH = 40  # of nesting

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_ENVIRONMENTS = {  # their delimiters
    "aligned": ("", ""), "align*": ("", ""), "split": ("", ""), "cases": ("{", ""), "matrix": ("", ""),
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"),
}  # fmt: skip
_ALIGNED = ("aligned", "align*", "split")


class TexError(Exception):
    """A formula that can't be read; says why."""


def parse(tex: str) -> Row:
    """The tree of one formula. Raises TexError."""
    reader = _Reader(tex)
    row = reader.row(())
    if reader.tokens:
        raise TexError(f"'{reader.tokens[-1]}' stands where nothing is open")
    return row


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, tex: str) -> None:
        self.tokens = _TOKEN.findall(tex)[::-1]  # the next one is last
        self.depth = 0

    def row(self, closing: tuple[str, ...]) -> Row:
        """All up to one of the tokens, which stays, or to the end where there are none."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TexError("it is nested too deeply")
        items: list[Node] = []
        while self._skip_spaces() and self.tokens[-1] not in (*closing, "}", "&", "\\\\", "\\right", "\\end"):
            if (node := self._scripted()) is not None:
                items.append(node)
        if closing and not self.tokens:
            raise TexError(f"'{closing[0]}' is missing")
        self.depth -= 1
        return Row(tuple(items))

    def _skip_spaces(self) -> bool:
        """Whether anything is left behind the spaces."""
        while self.tokens and self.tokens[-1].isspace():
            self.tokens.pop()
        return bool(self.tokens)

    def _take(self, token: str) -> None:
        if not self._skip_spaces() or self.tokens.pop() != token:
            raise TexError(f"'{token}' is missing")

    def _scripted(self) -> Node | None:
        """One thing with its scripts."""
        base = Row(()) if self.tokens[-1] in ("^", "_", "'") else self._single()
        below: Row | None = None
        above: list[Node] = []
        while self._skip_spaces() and self.tokens[-1] in ("^", "_", "'"):
            token = self.tokens.pop()
            if token == "'":
                above.append(Letter("′", upright=True))
            elif token == "^":
                above += self._argument().items
            elif below is None:
                below = self._argument()
            else:
                raise TexError("it has two subscripts in a row")
        if below is None and not above:
            return base
        return Script(base or Row(()), below, Row(tuple(above)) if above else None)

    def _argument(self) -> Row:
        """The next group, or the next single thing."""
        if not self._skip_spaces() or self.tokens[-1] in ("}", "&", "\\\\", "\\right", "\\end", "^", "_"):
            raise TexError("an argument is missing")
        if self.tokens[-1].isdigit():
            return Row((Number(self.tokens.pop()),))
        node = self._single()
        return node if isinstance(node, Row) else Row(() if node is None else (node,))

    def _single(self) -> Node | None:
        token = self.tokens.pop()
        if token == "{":
            inside = self.row(("}",))
            self._take("}")
            return inside
        if token.isdigit():
            return Number(token + self._more_digits())
        if token.startswith("\\"):
            return self._command(token[1:])
        if token == "~":
            return Space(0.25)
        return _character(token)

    def _more_digits(self) -> str:
        digits = ""
        while self.tokens and (self.tokens[-1].isdigit() or self._is_point()):
            digits += self.tokens.pop()
        return digits

    def _is_point(self) -> bool:
        return self.tokens[-1] == "." and len(self.tokens) > 1 and self.tokens[-2].isdigit()

    def _command(self, name: str) -> Node | None:
        node = _symbol(name)
        if node is not None or name in symbols.IGNORED:
            return node
        if name in ("frac", "dfrac", "tfrac"):
            return Fraction(self._argument(), self._argument(), {"t": "text", "d": "display"}.get(name[0], ""))  # type: ignore[arg-type]
        if name == "sqrt":
            return self._root()
        if name in symbols.ACCENTS:
            return Accent(self._argument(), symbols.ACCENTS[name])
        if name in symbols.WORDS:
            return Words(self._words())
        if name in ("operatorname", "operatorname*"):
            return Name(self._words(), limits=name.endswith("*"))
        if name in symbols.ALPHABETS:
            return _in_alphabet(self._argument(), symbols.ALPHABETS[name])
        if name in symbols.SIZES:
            return Sized(self._delimiter(), symbols.SIZES[name])
        if name == "left":
            return self._fenced()
        if name == "begin":
            return self._table()
        raise TexError(f"the command \\{name} is not known")

    def _root(self) -> Root:
        degree = None
        if self._skip_spaces() and self.tokens[-1] == "[":
            self.tokens.pop()
            degree = self.row(("]",))
            self._take("]")
        return Root(self._argument(), degree)

    def _words(self) -> str:
        """The text of a group, where spaces count and only a few characters are escaped."""
        self._take("{")
        words, depth = "", 1
        while self.tokens:
            token = self.tokens.pop()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return words
            if token.startswith("\\") and token[1:] not in (*symbols.ESCAPED, " "):
                raise TexError(f"{token} can't stand in a text")
            words += token.removeprefix("\\") if token not in "{}" else ""
        raise TexError("'}' is missing")

    def _delimiter(self) -> str:
        token = self.tokens.pop() if self._skip_spaces() else ""
        if token not in symbols.DELIMITERS:
            raise TexError(f"'{token}' is no bracket")
        return symbols.DELIMITERS[token]

    def _fenced(self) -> Fenced:
        left = self._delimiter()
        inside = self.row(("\\right",))
        self._take("\\right")
        return Fenced(left, self._delimiter(), inside)

    def _table(self) -> Table:
        name = self._words()
        if name not in _ENVIRONMENTS:
            raise TexError(f"the environment '{name}' is not known")
        rows: list[list[Row]] = [[]]
        while True:
            rows[-1].append(self.row(("&", "\\\\", "\\end")))
            token = self.tokens.pop()
            if token == "\\end":
                break
            if token == "\\\\":
                rows.append([])
            elif token != "&":
                raise TexError(f"'{token}' stands where nothing is open")
        if self._words() != name:
            raise TexError(f"\\begin{{{name}}} has no end")
        kind: Literal["aligned", "cases", "matrix"] = (
            "aligned" if name in _ALIGNED else "cases" if name == "cases" else "matrix"
        )
        filled = tuple(tuple(row) for row in rows if any(cell.items for cell in row))
        return Table(kind, filled, *_ENVIRONMENTS[name])


def _symbol(name: str) -> Node | None:
    """What a command without arguments stands for."""
    if name in symbols.LETTERS:
        return Letter(symbols.LETTERS[name])
    if name in symbols.UPRIGHT:
        return Letter(symbols.UPRIGHT[name], upright=True)
    if name in symbols.BIG:
        return Sign(symbols.BIG[name], limits=True)
    for table in (symbols.SIGNS, symbols.INTEGRALS):
        if name in table:
            return Sign(table[name])
    if name in symbols.PLAIN_NAMES or name in symbols.NAMES_WITH_LIMITS:
        spelt = {"argmax": "arg max", "argmin": "arg min"}.get(name, name)
        return Name(spelt, limits=name in symbols.NAMES_WITH_LIMITS)
    if name in symbols.SPACES:
        return Space(symbols.SPACES[name])
    if f"\\{name}" in symbols.DELIMITERS:
        return Sign(symbols.DELIMITERS[f"\\{name}"])
    return Sign(name) if name in symbols.ESCAPED else None


def _character(token: str) -> Node:
    if token.isalpha() and ord(token) < 0x2E80:
        return Letter(token)
    if token in "#$%{}\\":
        raise TexError(f"'{token}' can't stand here")
    if ord(token) >= 0x2E80:  # Chinese without \text
        return Words(token)
    return Sign({"-": "−", "*": "∗"}.get(token, token))


def _in_alphabet(row: Row, alphabet: str) -> Row:
    return Row(tuple(_lettered(item, alphabet) for item in row.items))


def _lettered(node: Node, alphabet: str) -> Node:
    """A letter or digits in another alphabet, which Unicode has characters for."""
    if isinstance(node, Letter):
        return Letter(_styled(node.text, alphabet), upright=True)
    if isinstance(node, Number):
        return Letter("".join(_styled(digit, alphabet.removesuffix(" ITALIC")) for digit in node.text), upright=True)
    return node


def _styled(character: str, alphabet: str) -> str:
    plain = unicodedata.name(character, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
    for name in (f"MATHEMATICAL {alphabet} {plain}", f"{alphabet} {plain}", f"BLACK-LETTER {plain}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return character
