"""From what somebody handed in to submissions: files, notebooks, answers in YAML."""

from __future__ import annotations

from grader.intake.answers import read_answers
from grader.intake.finding import LITTER, REPORT_FILE, Found, Handed, Ignored, find_submissions
from grader.intake.notebook_code import without_magics
from grader.intake.submission import (
    MAX_SOURCE,
    Refused,
    Submission,
    display_name,
    read_submission,
    read_untrusted,
    submission_of,
)

__all__ = [
    "LITTER",
    "MAX_SOURCE",
    "REPORT_FILE",
    "Found",
    "Handed",
    "Ignored",
    "Refused",
    "Submission",
    "display_name",
    "find_submissions",
    "read_answers",
    "read_submission",
    "read_untrusted",
    "submission_of",
    "without_magics",
]
