"""
Tries: take time and memory by 10 MB of text.
Must: be refused unread.
Shows: 2 bytes; a spec has at most
"""

from pathlib import Path

from . import SPEC, edit


def build(bank: Path) -> None:
    edit(bank, "    Do not call a softmax of torch.\n", "    " + "x" * 10_000_000 + "\n")
    assert (bank / SPEC).stat().st_size > 10_000_000
