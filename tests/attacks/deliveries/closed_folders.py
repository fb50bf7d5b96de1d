"""
Tries: end the run by folders and files that may not be read.
Must: what this user can't read is named in the report; what root reads all the same is graded.
"""

from pathlib import Path

from . import put


def build(folder: Path) -> None:
    put(folder, "file").chmod(0)
    put(folder, "folder").parent.chmod(0)
    put(folder, "entered").parent.chmod(0o111)
    put(folder, "listed").parent.chmod(0o444)
