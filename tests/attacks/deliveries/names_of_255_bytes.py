"""
Tries: overflow what is made of names: pages, temporary files, messages.
Must: each page is written under a short name, and the table stays readable.
Says: aaaaaaaaaaaaaaaaaaaa
"""

from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    put(folder, "a" * 255)
    put(folder, "a" * 254 + "b")
    put(folder, "é" * 127)
    put(folder, "字" * 85)
    put(folder, "mallory", name=f"{QUESTION}{'-' * 241}.py")
    put(folder, "mallory", name="." * 252 + ".py")
    put(folder, "a" + "\u0301" * 120)
    deep = folder / "deep"
    for _ in range(14):
        deep = deep / ("d" * 250)
        deep.mkdir(parents=True)
