"""A starter folder: the stubs, and a README that says how to have the answers judged.

DIR/README.md
DIR/<candidate>/<id>.py      what `grader check` takes one by one, and `grader grade DIR` all together
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from grader.intake import LITTER
from grader.question import Entry, read_bytes
from grader.sheet import blocks as b
from grader.sheet.formats import md
from grader.sheet.sheet_words import SheetWords

REPORT = "report"  # the folder that the README has the report written into
_NOBODY = "answers"  # the folder of a sheet without a name


def files(folder: Path, document: b.Document, entries: Sequence[Entry]) -> dict[Path, bytes]:
    """What goes into the folder."""
    answers = folder_of(document.candidate)
    made = {folder / answers / f"{entry.id}{entry.suffix}": read_bytes(entry.stub) for entry in entries}
    return {folder / "README.md": _readme(document, entries, answers).encode(), **made}


def folder_of(candidate: str) -> str:
    """A folder's name for a candidate's, on every system."""
    name = re.sub(r"[^\w. -]+", "-", candidate).strip(" .-")[:60].strip(" .-")
    return _NOBODY if not name or name in (*LITTER, REPORT) or name.startswith("__") else name


def _readme(document: b.Document, entries: Sequence[Entry], answers: str) -> str:
    words = SheetWords(document.language)
    first = f"{answers}/{entries[0].id}{entries[0].suffix}"
    blocks: b.Blocks = (
        _table(document, entries, answers),
        b.Paragraph((b.Plain(words("where")),)),
        b.Paragraph((b.Plain(words("check one")),)),
        b.CodeBlock(shlex.join(["grader", "check", first, *document.options]), "sh"),
        b.Paragraph((b.Plain(words("grade all")),)),
        b.CodeBlock(shlex.join(["grader", "grade", ".", "--out", REPORT, *document.options]), "sh"),
    )
    return f"# {document.title}\n\n{md.write_blocks(blocks)}\n"


def _table(document: b.Document, entries: Sequence[Entry], answers: str) -> b.Grid:
    words = SheetWords(document.language)
    return b.Grid(
        head=tuple((b.Plain(words(key)),) for key in ("question", "file", "time", "points")),
        rows=tuple(
            (
                (b.Plain(section.title),),
                (b.Code(f"{answers}/{entry.id}{entry.suffix}"),),
                (b.Plain(section.time),),
                (b.Plain(str(section.points)),),
            )
            for section, entry in zip(document.sections, entries, strict=True)
        ),
        align=("left", "left", "right", "right"),
    )
