"""
Tries: send the reader round and round a list that holds itself.
Must: be refused for its depth.
Shows: 2 nested more than
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    edit(bank, "hints: {en: [", "hints: &h {en: [*h, ")
