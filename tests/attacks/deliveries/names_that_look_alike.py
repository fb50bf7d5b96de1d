"""
Tries: take the page or the result of an honest candidate by a name that differs only in case, form or spaces.
Must: each name is a candidate with a page of its own, and nobody's result is another's.
Says: ADA
"""

from pathlib import Path

from . import put

NAMES = (
    "Ada",
    "ADA",
    "ada ",
    " ada",
    "ada.",
    "аda",
    "ada\u0301",
    "adá",
    "ada-",
    "ada_",
    "a d a",
    "ａｄａ",
    "zoe ",
    "Zoe",
    "zoé",
    "zoe\u0301",
)


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
