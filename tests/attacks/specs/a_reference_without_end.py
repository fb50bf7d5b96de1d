"""
Tries: make grading endless by a reference that never comes back.
Must: its time is limited, and that is not the candidate's fault.
Grades: grader_error the reference failed
"""

from pathlib import Path

from . import REFERENCE


def build(bank: Path) -> None:
    (bank / REFERENCE).write_text("def row_weights(x, w):\n    while True:\n        pass\n")
