"""
Tries: have files outside of the bank read and shown, and walks that never end, by links.
Must: be refused: a link that leaves the bank is not followed.
Shows: 2 this link leaves the bank
"""

from pathlib import Path

from . import SPEC


def build(bank: Path) -> None:
    (bank / SPEC).unlink()
    (bank / SPEC).symlink_to("/etc/passwd")
    (bank / "questions" / "again").symlink_to(bank / "questions")
    (bank / "questions" / "attacks" / "loop").symlink_to("loop")
    (bank / "questions" / "attacks" / "root").symlink_to("/")
