"""
Tries: have something else than a submission graded: folders, copies and endings in other letters, names of paths.
Must: only <candidate>/<question-id>.py and .ipynb are graded; of both only one; the rest is named.
Says: is a folder, not a file | no question is called | was not graded, because | lies in no candidate's folder
"""

from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    put(folder, QUESTION)
    put(folder, f"{QUESTION}.py", name="inner.py")  # a candidate of this name
    put(folder, f"mallory/{QUESTION}.py", name="inner.py")  # a folder in place of a submission
    for name in (
        "row-weights.PY",
        "ROW-WEIGHTS.py",
        "row_weights.py",
        "row-weights.py.py",
        "row-weights .py",
        ".row-weights.py",
    ):
        put(folder, "eve", name=name)
    put(folder, "eve", name=f"attacks\\{QUESTION}.py")
    put(folder, "trudy")
    put(folder, "trudy", '{"cells": []}', f"{QUESTION}.ipynb")
    put(folder, "trudy", "answers: {}", f"{QUESTION}.yaml")
    (folder / f"{QUESTION}.ipynb").write_text("{}")
