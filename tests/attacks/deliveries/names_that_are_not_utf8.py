r"""
Tries: end the run by names that can't be encoded, or take the place of another candidate by a name that is shown alike.
Must: the bytes are shown as \xNN, and a name that holds these very letters is another candidate's.
Says: caf\xe9 | \xff\xfe
"""

from pathlib import Path

from . import QUESTION, put


def build(folder: Path) -> None:
    put(folder, b"caf\xe9")
    put(folder, r"caf\xe9", "x = 2\n")  # not the same candidate
    put(folder, b"\xff\xfe", name=QUESTION.encode() + b"\xff.py")
    put(folder, b"\xed\xa0\x80")  # a surrogate in the encoding that Python allows inside
    put(folder, b"mallory", name=b"\x80\x81.ipynb")
