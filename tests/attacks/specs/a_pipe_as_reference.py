"""
Tries: make grading wait for ever by a pipe in place of the reference.
Must: be refused unopened, and not be the candidate's fault.
Grades: grader_error not a plain file
"""

import os
from pathlib import Path

from . import REFERENCE


def build(bank: Path) -> None:
    (bank / REFERENCE).unlink()
    os.mkfifo(bank / REFERENCE)
