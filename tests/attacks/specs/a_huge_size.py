"""
Tries: have a tensor of a billion billion numbers made.
Must: be refused where the shape is worked out; nothing is made.
Shows: 2 elements in the case
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    edit(bank, "sizes: {N: 4, D: 5}", "sizes: {N: 1000000000, D: 1000000000}")
