"""
Tries: end the reader by bytes that are no text, and forge the terminal by control codes.
Must: be refused with line and column.
Shows: 2 is not UTF-8
"""

from pathlib import Path

from . import SPEC


def build(bank: Path) -> None:
    raw = (bank / SPEC).read_bytes()
    (bank / SPEC).write_bytes(raw.replace(b"made for the tests", b"made \xff\xfe \x1b[2J for the tests"))
