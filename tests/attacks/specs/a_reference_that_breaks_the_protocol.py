"""
Tries: have the judge fall over, or the candidate be blamed, by a reference that ends its process or closes its socket.
Must: the failure is the grader's.
Grades: grader_error the reference failed
"""

from pathlib import Path

from . import REFERENCE


def build(bank: Path) -> None:
    (bank / REFERENCE).write_text("import os\n\n\ndef row_weights(x, w):\n    os.closerange(0, 100)\n    os._exit(0)\n")
