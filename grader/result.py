"""What the judge found: the one type between the judge and every rendering.

A Result is complete in itself: a report is drawn from it without the question, the bank or torch.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.text import Text
from grader.verdict import Verdict

SCHEMA_VERSION = 1


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of what is written to results files."""


class Difference(Record, frozen=True):
    """Where and how an observed tensor differs from the expected one."""

    name: str  # of the observed value: "output", "gradient of q"
    index: list[int]  # of the worst element, by error over tolerance
    got: str  # that element
    expected: str
    mismatched: int  # elements outside the tolerance
    total: int  # elements
    heat: list[list[float]] = []  # |got - expected| as a matrix of at most 48 x 48, NaN as -1
    shape: list[int] = []


class Picture(Record, frozen=True):
    """Something that the report draws: an image or a curve, as got and as expected."""

    kind: Literal["image", "curve"]
    name: str
    got: list[list[list[float]]]  # image: rows x columns x channels in [0, 1]; curve: one list of one list of numbers
    expected: list[list[list[float]]]  # the same; empty where nothing is expected


class MistakeName(Record, frozen=True):
    """A known mistake whose observations equal the submission's."""

    id: str  # the file's name without its ending
    name: Text  # what is wrong
    way_out: Text  # one sentence


class CheckResult(Record, frozen=True):
    """One check of one submission."""

    name: str  # as in the spec, or "part a" of a concept question
    title: Text
    verdict: Verdict
    points: int
    max_points: int
    case: Text | None = None  # the first failing case in words: its name and its sizes
    message: Text | None = None  # where, got, expected
    mistake: MistakeName | None = None
    hint: Text | None = None  # what is true of the wrong result, where no known mistake has the same
    difference: Difference | None = None
    picture: Picture | None = None
    line: int | None = None  # of the submission, where it raised
    trace: str = ""  # the frames inside the submission
    manual: bool = False  # left to a human: never has points by itself, and is not counted in the sums
    rubric: list[Text] = []  # of a manual part
    answer: str = ""  # of a manual part: what the candidate wrote
    margin: float | None = None  # largest error over tolerance; above 1 it failed


class Suspicion(Record, frozen=True):
    """Something in the source that an interviewer should look at; no verdict rests on it."""

    line: int
    what: str


class Result(Record, frozen=True):
    """One submission to one question."""

    candidate: str
    question: str  # id
    title: Text
    kind: str
    verdict: Verdict
    points: int
    max_points: int
    seconds: float  # of processor time, as the operating system counted it
    checks: list[CheckResult]
    message: Text | None = None  # why nothing could be checked: unreadable, too large, a syntax error
    megabytes: float | None = None  # peak of memory beyond what torch takes
    file: str = ""  # relative to the submissions' folder
    source: str = ""  # as it was graded (a notebook: its code cells)
    source_hash: str = ""  # sha256 of the file
    question_hash: str = ""  # sha256 over the question's files and its reference
    output: str = ""  # what it printed, the end of it
    suspicions: list[Suspicion] = []
    manual_points: int = 0  # that a human may give


class Run(Record, frozen=True):
    """What all results of one run share."""

    schema_version: int
    seed: int
    device: str  # "cpu", or "cuda (name of the GPU)"
    isolation: str  # the level that was asked for
    layers: list[str]  # the layers that were active
    missing_layers: dict[str, str]  # the others: why
    versions: dict[str, str]  # grader, python, torch
    command: str  # that replays it
    language: Literal["en", "zh"] = "en"
    started: str = ""  # ISO 8601, UTC


class Batch(Record, frozen=True):
    """A whole run: what `results.json` is made from."""

    run: Run
    results: list[Result]
    missing: dict[str, list[str]] = {}  # candidate: questions that others handed in and this one did not
