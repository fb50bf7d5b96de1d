"""
Tries: show the reference to candidates by an exception that quotes it, where it is loaded.
Must: the failure is the grader's; what it says is for the interviewer.
Grades: grader_error the reference can't be loaded
"""

from pathlib import Path

from . import REFERENCE


def build(bank: Path) -> None:
    (bank / REFERENCE).write_text("raise ValueError('\\x1b[2J<script>alert(1)</script>' + 'x' * 1_000_000)\n")
