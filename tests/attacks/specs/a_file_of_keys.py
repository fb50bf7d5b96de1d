"""
Tries: take time by a hundred thousand keys, each of which is looked up among the others.
Must: be refused for the first that is unknown.
Shows: 2 unknown key
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    edit(
        bank, "sizes: {N: 4, D: 5}", "sizes: {N: 4, D: 5, " + ", ".join(f"k{n}: 1" for n in range(60_000)) + "}\nodd: 1"
    )
