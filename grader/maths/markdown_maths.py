"""The formulas of a Markdown text, for terminals."""

from __future__ import annotations

import re

from grader.maths import terminal_math
from grader.maths.tex_reader import read

_CODE = re.compile(r"(```.*?```|~~~.*?~~~|`[^`\n]+`)", re.DOTALL)
_BLOCK = re.compile(r"\n*\$\$(.+?)\$\$\n*", re.DOTALL)
_INLINE = re.compile(r"(?<![\\$])\$(?![\s$])((?:(?!\n\s*\n)[^$])+?)(?<![\s\\])\$(?!\d)")
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~]")


def readable(markdown: str, *, escaped: bool = False) -> str:
    """Markdown with its maths as Unicode; what stands in code is left alone.

    With `escaped`, stars and underscores of formulas are kept from being read as Markdown, and a formula on
    lines of its own is quoted; otherwise it is indented.
    """
    pieces = _CODE.split(markdown)
    for index in range(0, len(pieces), 2):  # the odd ones are code
        piece = _BLOCK.sub(lambda found: _block(from_tex(found[1]), escaped), pieces[index])
        pieces[index] = _INLINE.sub(lambda found: _inline(from_tex(found[1]), escaped), piece)
    return "".join(pieces)


def from_tex(tex: str) -> str:
    """One formula as Unicode, on one line. Never fails: a command that is not known is shown by its name."""
    return terminal_math.inline(read(tex).row)


def _block(formula: str, escaped: bool) -> str:
    return f"\n\n> {_inline(formula, escaped)}\n\n" if escaped else f"\n\n    {formula}\n\n"


def _inline(formula: str, escaped: bool) -> str:
    return _MARKUP.sub(r"\\\g<0>", formula) if escaped else formula
