"""
Tries: forge lines and colours on the terminal of who looks at the question.
Must: be refused: texts have no control characters, however they are written.
Shows: 2 control character
"""

from pathlib import Path

from . import edit


def build(bank: Path) -> None:
    edit(bank, "title: {en: Weights of rows", 'title: {en: "Weights \\e[2J\\a of rows"')
