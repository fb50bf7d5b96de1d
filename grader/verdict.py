"""Verdicts, mildest to worst."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a check, or a whole submission, came to."""

    ACCEPTED = "accepted"
    SKIPPED = "skipped"
    WRONG_ANSWER = "wrong_answer"
    RULE_VIOLATION = "rule_violation"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output_limit_exceeded"
    GRADER_ERROR = "grader_error"

    @property
    def severity(self) -> int:
        """Position in the order from mildest (0) to worst."""
        return list(Verdict).index(self)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of some verdicts; `accepted` of none. A skipped check never decides."""
    return max(
        (v for v in verdicts if v is not Verdict.SKIPPED),
        key=lambda v: v.severity,
        default=Verdict.ACCEPTED,
    )
