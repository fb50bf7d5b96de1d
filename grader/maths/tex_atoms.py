"""What a single token of TeX stands for: a symbol, a character, a letter of another alphabet."""

from __future__ import annotations

import unicodedata

from grader.maths import tex_symbols as symbols
from grader.maths.formula_tree import Letter, MathRow, MathSpace, MathWords, Name, Node, Number, Sign

_NOT_LATIN = 0x2E80  # from here on, Unicode has Chinese and its kin


def of_command(name: str) -> Node | None:
    """What a command without arguments stands for; None where it is none of these."""
    if f"\\{name}" in symbols.SYMBOLS:
        return of_symbol(symbols.SYMBOLS[f"\\{name}"])
    if name in symbols.PLAIN_NAMES or name in symbols.NAMES_WITH_LIMITS:
        spelt = {"argmax": "arg max", "argmin": "arg min"}.get(name, name)
        return Name(spelt, limits=name in symbols.NAMES_WITH_LIMITS)
    if name in symbols.SPACES:
        return MathSpace(symbols.SPACES[name])
    return Sign(name) if name and name in symbols.ESCAPED else None


def of_symbol(symbol: symbols.Symbol) -> Node:
    """A symbol of the table."""
    if symbol.kind in ("letter", "upright"):
        return Letter(symbol.character, upright=symbol.kind == "upright")
    return Sign(symbol.character, symbol.kind)


def of_character(token: str) -> Node:
    """What stands for itself."""
    if token in symbols.SYMBOLS:
        return of_symbol(symbols.SYMBOLS[token])
    if ord(token) >= _NOT_LATIN:  # Chinese without \text
        return MathWords(token)
    return Letter(token) if token.isalpha() else Sign(token)


def spelt(name: str) -> str:
    """A command inside a text, where it can't stand: its character, or else its name."""
    node = of_command(name)
    if isinstance(node, MathSpace):
        return " "
    return node.text if isinstance(node, Letter | Sign | Name) else name


def in_alphabet(row: MathRow, alphabet: str) -> MathRow:
    """The letters and digits of a row in another alphabet, which Unicode has characters for."""
    return MathRow(tuple(_lettered(item, alphabet) for item in row.items), row.gaps)


def _lettered(node: Node, alphabet: str) -> Node:
    if isinstance(node, Letter):
        return Letter(_styled(node.text, alphabet), upright=True, plain=node.text)
    if isinstance(node, Number):
        styled = "".join(_styled(digit, alphabet.removesuffix(" ITALIC")) for digit in node.text)
        return Letter(styled, upright=True, plain=node.text)
    return node


def _styled(character: str, alphabet: str) -> str:
    plain = unicodedata.name(character, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
    for name in (f"MATHEMATICAL {alphabet} {plain}", f"{alphabet} {plain}", f"BLACK-LETTER {plain}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return character
