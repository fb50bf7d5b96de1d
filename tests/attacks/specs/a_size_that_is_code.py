"""
Tries: have an expression of a size run as Python.
Must: be refused; sizes are letters and arithmetic.
Shows: 2 has more than letters, whole numbers
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    target = bank.parent / "outside" / "hit"
    edit(bank, "w: {normal: [D]}", f"w: {{normal: [\"open('{target}', 'w').close() or 3\"]}}")
