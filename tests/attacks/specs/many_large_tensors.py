"""
Tries: take the judge's memory by cases of which each is just small enough: together 80 GB.
Must: be refused when the elements of all cases are added up; nothing is made.
Shows: 2 elements in all
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    cases = "".join(f"  - {{name: case {n}, N: 4096, D: 4096}}\n" for n in range(600))
    edit(bank, "  - {name: more rows, N: 7, D: 3}\n", cases)
