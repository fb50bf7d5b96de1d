"""
Tries: have a number of millions of digits worked out by multiplication.
Must: be refused when it leaves the range.
Shows: 2 is out of range
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    edit(bank, "w: {normal: [D]}", "w: {normal: ['" + " * ".join(["9999999999"] * 15) + "']}")
