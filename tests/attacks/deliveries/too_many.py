"""
Tries: make the report or the run endless by thousands of folders and files.
Must: each folder is a candidate with a page; files beyond the fiftieth are counted instead of listed.
Says: more files that are not graded
"""

from pathlib import Path

from . import put


def build(folder: Path) -> None:
    for number in range(2000):
        (folder / f"empty-{number:04}").mkdir()
    for number in range(3000):
        put(folder, "mallory", "", f"odd-{number}.py")
    inner = folder / "deep"
    for _ in range(400):
        inner = inner / "d"
    inner.mkdir(parents=True)
