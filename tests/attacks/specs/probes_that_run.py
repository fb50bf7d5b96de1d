"""
Tries: run a command, and write files, by a probes.py: in the grader where it is looked at, or beside a submission.
Must: the file is only read in the grader; it runs in the sandbox, where it can't leave anything.
Shows: 0
Grades: accepted
"""

from pathlib import Path

from . import probing

SOURCE = """
import os

def hit():
    os.system("touch {target}")
    for path in ("{target}", "/tmp/../{target}"):
        try:
            open(path, "w").close()
        except OSError:
            pass

hit()

def driven(solution, x, w):
    hit()
    return solution(x, w)
"""


def build(bank: Path) -> None:
    probing(bank, SOURCE.format(target=bank.parent / "outside" / "hit"))
