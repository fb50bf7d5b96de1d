"""
Tries: overwrite the report's own files, or the page of an honest candidate, by taking their names.
Must: every file of the report is the grader's, and each candidate has a page of its own.
Says: holds results.jsonl, so it is a report and not a candidate
"""

from pathlib import Path

from grader.pages.clean import page_name

from . import QUESTION, put

NAMES = (
    *("index.html", "results.json", "results.jsonl", "results.previous.jsonl", "candidates", "report", "...", ".lock"),
    *(page_name("ada"), page_name("zoe").removesuffix(".html"), f"candidates-{page_name('ada')}"),
    *("con", "nul", "aux.html", "candidates\\ada.html", "..\\ada"),
)


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
        put(folder, "mallory", name=f"{name}.py")
    put(folder, "eve", '{"format": 1}\n', "results.jsonl")
    put(folder, "eve", name=f"{QUESTION}.py")
    put(folder, "eve", "<script>alert(1)</script>", "index.html")
