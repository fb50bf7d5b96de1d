"""
Tries: hand in the reference by symbolic links: absolute, relative, through a folder, and as a notebook.
Must: none is followed; each is named in the report.
Says: is a symbolic link, which is not followed
"""

from pathlib import Path

from . import QUESTION, REFERENCE


def build(folder: Path) -> None:
    links = {
        "absolute": folder.parent / REFERENCE,
        "relative": Path("..", "..", REFERENCE),
        "through": Path("inner", "reference.py"),
    }
    for candidate, target in links.items():
        (folder / candidate).mkdir()
        (folder / candidate / f"{QUESTION}.py").symlink_to(target)
        (folder / candidate / f"{QUESTION}.ipynb").symlink_to(target)
    (folder / "through" / "inner").symlink_to((folder.parent / REFERENCE).parent)
    (folder / f"{QUESTION}.py").symlink_to(folder.parent / REFERENCE)
