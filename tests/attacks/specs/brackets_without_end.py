"""
Tries: overflow the stack of the reader, which is written in C, by depth.
Must: be refused.
Shows: 2 nested more than
Lists: 0 nested more than
"""

from pathlib import Path

from . import SPEC


def build(bank: Path) -> None:
    (bank / SPEC).write_text("format: " + "[" * 400_000)
