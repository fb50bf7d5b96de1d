"""
Tries: have other trees taken for candidates, or the search walk in circles, by links to folders.
Must: no folder is entered through a link; loops and links to nowhere end nothing.
Says: is a symbolic link, which is not followed
"""

from pathlib import Path

from . import QUESTION, REFERENCE


def build(folder: Path) -> None:
    (folder / "solutions").symlink_to((folder.parent / REFERENCE).parent)
    (folder / "root").symlink_to("/")
    (folder / "self").symlink_to(folder)
    (folder / "one").symlink_to("other")
    (folder / "other").symlink_to("one")
    (folder / "nowhere").symlink_to("/no/such/place")
    (folder / "of-ada").symlink_to("ada")
    mallory = folder / "mallory"
    mallory.mkdir()
    (mallory / f"{QUESTION}.py").symlink_to(f"{QUESTION}.py")
    (mallory / f"{QUESTION}.ipynb").symlink_to(folder)
    (mallory / "up").symlink_to("..")
