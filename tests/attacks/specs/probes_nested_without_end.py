"""
Tries: overflow the stack of the reader of a probes.py.
Must: be refused.
Shows: 2 probes.py
"""

from pathlib import Path

from . import probing


def build(bank: Path) -> None:
    probing(bank, "x = " + "(" * 5_000 + "\n" + "-" * 100_000 + "1\n")
