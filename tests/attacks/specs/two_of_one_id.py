"""
Tries: stand in for another question by taking its id in another topic.
Must: be refused by every command that opens the bank, with both places.
Shows: 2 two questions have the id 'row-weights'
Lists: 2 two questions have the id 'row-weights'
"""

import shutil
from pathlib import Path

from . import QUESTION, SPEC


def build(bank: Path) -> None:
    shutil.copytree((bank / SPEC).parent, bank / "questions" / "other" / QUESTION)
