"""
Tries: take memory by aliases of aliases: nine to the power of 20 values from a page of text.
Must: be refused when the values are counted, before they are made.
Shows: 2 values once aliases are filled in
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    edit(bank, "format: 1\n", "format: 1\n" + "\n".join(lines) + "\n")
