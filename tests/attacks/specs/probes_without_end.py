"""
Tries: make grading endless by a probes.py that never comes back.
Must: its time is limited, and that is not the candidate's fault.
Grades: grader_error the reference failed
"""

from pathlib import Path

from . import probing


def build(bank: Path) -> None:
    probing(bank, "def driven(solution, x, w):\n    while True:\n        pass\n")
