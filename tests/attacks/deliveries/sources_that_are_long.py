"""
Tries: take memory or time by 10 MB in one line, a terabyte without a block on the disk, or a million lines.
Must: what is too large is refused unread; what is within the limit is graded, and its page stays small.
Says: is too large: 10.0 MB | is too large: 1099511.6 MB
"""

from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    put(folder, "ten-megabytes", b"#" * 10_000_000)
    put(folder, "one-line", "x = '" + "y" * 999_000 + "'\n")
    put(folder, "many-lines", "\n" * 900_000 + "x = 1\n")
    put(folder, "many-parts", "x = 1;" * 100_000 + "\n")
    put(folder, "open-brackets", "(" * 900_000)
    put(folder, "signs", "x = " + "-" * 900_000 + "1\n")
    put(folder, "chain", "x" + ".x" * 400_000 + "\n")
    put(folder, "strings", "x = " + "f'{" * 100_000)
    put(folder, "unfinished", "'''" + "\\" * 900_001)
    put(folder, "digits", "x = " + "9" * 900_000 + "\n")
    with put(folder, "sparse", b"", f"{QUESTION}.py").open("wb") as file:
        file.truncate(1 << 40)
