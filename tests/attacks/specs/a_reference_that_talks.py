"""
Tries: show the reference to candidates: it prints itself, and has itself in its exceptions and its warnings.
Must: nothing that a reference says gets into a result.
Grades: accepted
"""

from pathlib import Path

from . import REFERENCE

TALK = """
import sys, warnings
for stream in (sys.stdout, sys.stderr):
    print("canary", file=stream, flush=True)
warnings.warn("canary")
"""


def build(bank: Path) -> None:
    path = bank / REFERENCE
    source = path.read_text().replace("    scores =", "    print('canary')\n    scores =")
    path.write_text(f"{TALK}\n{source}")
