"""A sheet as a Jupyter notebook (format 4.5), whose cells judge themselves."""

from __future__ import annotations

import shlex
from typing import Any

import msgspec

from grader.sheet import blocks as b
from grader.sheet.formats import md
from grader.sheet.sheet_words import SheetWords


def write(document: b.Document) -> bytes:
    """The whole file: of each question its statement, and on a sheet the cell for its answer."""
    words = SheetWords(document.language)
    cells = [_text("cover", md.cover(document))]
    if not document.is_key:
        cells += [_text("how", words("run")), _code("load", "%load_ext grader")]
    for section in document.sections:
        cells.append(_text(f"question-{section.number}", md.section(document, section, on_paper=False)))
        if not document.is_key:
            command = shlex.join([section.id, *document.options])
            cells.append(_code(f"answer-{section.number}", f"%%grade {command}\n{section.stub.text}"))
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return msgspec.json.format(msgspec.json.encode(notebook), indent=1) + b"\n"


def _text(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def _code(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": _lines(source),
    }


def _lines(source: str) -> list[str]:
    """As Jupyter stores them: a list of lines, each with its end."""
    return source.rstrip("\n").splitlines(keepends=True)
