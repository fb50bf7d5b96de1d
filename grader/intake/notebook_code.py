"""The Python code of a Jupyter notebook.

What IPython alone understands (`%magic`, `!command`, `name?`) becomes a comment on the same line, so that
line numbers stay. It is looked for only where a statement may begin: `% b` can also be the second line of a
long expression, or of a text in triple quotes.
"""

from __future__ import annotations

import re
import threading

import msgspec

# Cells whose first line is one of these hold Python that runs in the notebook's namespace. Other `%%` cells
# hold another language, or Python whose names are thrown away (`%%timeit`).
PYTHON_CELLS = ("%%time", "%%capture", "%%prun")


# 20 MB of `{},{},` become 400 MB of cells for a moment; at least not in every thread at once.
_one_at_a_time = threading.Lock()


class NotANotebook(Exception):
    """Says what is wrong with the file."""


class Cell(msgspec.Struct, gc=False):
    """The part of a cell that matters; outputs are skipped without being built."""

    cell_type: str = ""
    source: str | list[str] = ""


class Notebook(msgspec.Struct):
    """Notebook format 4."""

    cells: list[Cell]


def code(raw: bytes) -> str:
    """The code cells, joined by blank lines. Raises NotANotebook."""
    with _one_at_a_time:
        cells = [_text(cell) for cell in _parse(raw).cells if cell.cell_type == "code" and cell.source]
    return "\n\n".join(without_magics(cell) for cell in cells if cell.strip())


def _text(cell: Cell) -> str:
    joined = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    return joined.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


# --- JSON ---

_UP_TO_NAN = re.compile(rb'[^"NI]*+(?:"(?:[^"\\]++|\\.)*+"[^"NI]*+)*+(?P<word>NaN|Infinity)?', re.DOTALL)
_NUMBERS = {b"NaN": b"0.0", b"Infinity": b"0.000000"}  # of the same length, so that nothing has to move


def _parse(raw: bytes) -> Notebook:
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        try:
            return msgspec.json.decode(raw, type=Notebook)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            # Outputs of plots hold NaN, which is not JSON but which Jupyter writes.
            return msgspec.json.decode(_without_nan(raw), type=Notebook)
    except RecursionError:
        raise NotANotebook("it is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotANotebook(str(error)) from None


def _without_nan(raw: bytes) -> bytearray:
    changed = bytearray(raw)
    position = 0
    while (match := _UP_TO_NAN.match(raw, position)) and match["word"]:
        changed[match.start("word") : match.end()] = _NUMBERS[match["word"]]
        position = match.end()
    return changed


# --- magics ---

_TOKEN = re.compile(
    r'(?P<long>"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]++|\\.|\'(?!\'\'))*+\'\'\')'
    r'|(?P<short>"(?:[^"\\\n]++|\\.)*+"|\'(?:[^\'\\\n]++|\\.)*+\')'
    r"|(?P<comment>\#[^\n]*+)"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<joined>\\\n)|(?P<end>\n)"
    r"|(?P<other>[^\"'\#()\[\]{}\\\n]++|.)",
    re.DOTALL,
)
_MAGIC = re.compile(
    r"[ \t]*+(?:"
    r"[%!?](?:[^\n\\]++|\\.)*+"  # %magic, !command, ?help; a backslash joins the next line
    r"|[\w.,\[\]'\" \t]++=[ \t]*+[%!](?:[^\n\\]++|\\.)*+"  # name = %magic, name = !command
    r"|[\w.*]++\?\??[ \t]*+(?=\n|$)"  # help?
    r")",
    re.DOTALL,
)


def without_magics(cell: str) -> str:
    """A cell's Python, on the same lines; nothing but comments where the cell holds another language."""
    first = cell.strip().split("\n", 1)[0]
    if first.startswith("%%") and first.split()[0] not in PYTHON_CELLS:
        return "\n".join(f"# {line}" for line in cell.split("\n"))
    return "".join(_pieces(cell))


def _pieces(cell: str) -> list[str]:
    pieces: list[str] = []
    position, depth, at_start = 0, 0, True
    while position < len(cell):
        match = _MAGIC.match(cell, position) if at_start else None
        if match:
            pieces.append(_commented(match[0]))
            at_start = False
        else:
            match = _TOKEN.match(cell, position)
            assert match, "the last alternative takes any character"
            pieces.append(match[0])
            depth = max(0, depth + (match.lastgroup == "open") - (match.lastgroup == "close"))
            at_start = match.lastgroup == "end" and depth == 0
        position = match.end()
    return pieces


def _commented(magic: str) -> str:
    lines = magic.split("\n")
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    # The block of `if colab:` may hold nothing but the magic, and a comment alone is no block.
    head = f"{indent}pass  # " if indent else "# "
    return "\n".join([head + lines[0].lstrip(), *(f"# {line}" for line in lines[1:])])
