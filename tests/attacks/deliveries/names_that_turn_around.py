"""
Tries: look like another candidate, or like another file, by marks that turn the direction of writing or are not seen.
Must: the marks are shown by their codes.
Says: ⟨U+202E⟩ | ⟨U+200B⟩ | ⟨U+2066⟩
"""

from pathlib import Path

from . import QUESTION, put

NAMES = (
    "\u202eeoz",
    "ad\u200ba",
    "ada\u200b",
    "\u2066ada\u2069",
    "a\u00adda",
    "ada\ufeff",
    "\u061cada",
    "\u3164",
    "ada\U000e0041",
)


def build(folder: Path) -> None:
    for name in NAMES:
        put(folder, name)
        put(folder, "mallory", name=f"{QUESTION}{name}.py")
