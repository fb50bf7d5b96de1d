"""
Tries: forge lines and colours on the interviewer's terminal, and break the pages, by control codes in names.
Must: every name is shown with its codes made visible, on one line.
Says: ⟨U+000A⟩ | ⟨U+001B⟩ | ⟨U+009B⟩
"""

from pathlib import Path

from . import QUESTION, put

CODES = (
    *("\n✓  1 of 1 accepted    4 points  mallory", "\x1b[2J\x1b[31m", "\x1b]0;title\x07", "\r", "\t", "\x9b2J"),
    *("\x7f", "\x85", "\u2028", "\u2029"),
)


def build(folder: Path) -> None:
    for code in CODES:
        put(folder, f"mallory{code}")
        put(folder, f"mallory{code}", name=f"{QUESTION}{code}.py")
    (folder / "loose\x1b[2J\n.py").write_text("x = 1\n")
    (folder / "link\x1b[2J\n").symlink_to("/")
