"""
Tries: make the reader wait for ever by a pipe in place of the spec.
Must: be refused unopened.
Shows: 2 not a plain file
"""

import os
from pathlib import Path

from . import SPEC


def build(bank: Path) -> None:
    (bank / SPEC).unlink()
    os.mkfifo(bank / SPEC)
