"""Grading a folder of submissions into a report.

Threads take submissions one by one and each result goes to `results.jsonl` at once. The pages are made from
that file at the end, one candidate at a time, so memory does not grow with the number of submissions.
"""

from __future__ import annotations

import queue
import secrets
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Protocol, Self

import msgspec

from grader.bank import Bank
from grader.errors import GraderError, UsageError
from grader.finding import Found, Handed, Ignored, find_submissions
from grader.journal import Journal
from grader.pipeline import Grader, Settings
from grader.result import Result, Run
from grader.submission import Submission, read_submission
from grader.text import Text
from grader.verdict import Verdict

SEED_BITS = 48  # JSON readers keep whole numbers exactly up to 2**53


class Grades(Protocol):
    """What is needed of a Grader; tests give another."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def grade(self, submission: Submission) -> Result: ...
    def run(self, command: str) -> Run: ...
    def close(self) -> None: ...


class Progress(NamedTuple := tuple):  # type: ignore[misc]
    ...
