"""
Tries: make the reader wait for ever by a pipe in place of the probes.
Must: be refused unopened.
Shows: 2 not a plain file
"""

import os
from pathlib import Path

from . import PROBES


def build(bank: Path) -> None:
    os.mkfifo(bank / PROBES)
