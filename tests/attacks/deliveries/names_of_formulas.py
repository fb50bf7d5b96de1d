"""
Tries: be a formula where a table of names is pasted into a spreadsheet.
Must: names are only shown; a file of comma-separated values, if there is one, has no cell that begins like a formula.
Says: =cmd
"""

from pathlib import Path

from . import put

NAMES = ("=cmd|' C'!A0", "=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1", "a,b", 'a"b', "a;b", '=HYPERLINK("x")')


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
