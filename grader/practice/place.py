"""Where the progress is kept: one file in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import UsageError

VARIABLE = "GRADER_DATA"  # names another folder
FILE = "progress.sqlite3"


def progress_file() -> Path:
    """The file, which may not be there yet. Raises UsageError where no folder is known for it."""
    chosen = os.environ.get(VARIABLE)
    return (Path(chosen).absolute() if chosen else _usual_folder()) / FILE


def _usual_folder() -> Path:
    from platformdirs import user_data_path

    try:
        folder = user_data_path("torch-interview-grader", appauthor=False)
    except RuntimeError:  # no HOME, and a user without an entry
        folder = Path()
    if not folder.is_absolute():  # some versions leave `~` as it is
        raise UsageError(f"the home folder is not known, so your progress has no place; name one with {VARIABLE}")
    return folder
