"""The flow for many submissions: a folder becomes a report, resumably."""

from __future__ import annotations

from grader.batch.cores import usable_cores
from grader.batch.folder import Assignment, grade_folder
from grader.batch.outcome import BatchOutcome, CandidateTotals

__all__ = ["Assignment", "BatchOutcome", "CandidateTotals", "grade_folder", "usable_cores"]
