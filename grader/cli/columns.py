"""Rows of text in straight columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

import click


def write_columns(rows: Sequence[Sequence[str]]) -> None:
    """Rows of equally many cells on stdout; the last column is not padded."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        padded = [c + " " * (w - width(c)) for c, w in zip(cells[:-1], widths, strict=False)]
        click.echo("  ".join([*padded, cells[-1]]))


def width(text: str) -> int:
    """Columns of a terminal: a Chinese letter takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
