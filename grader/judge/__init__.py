"""Compares observations. Executes no code of a question or a candidate; it only looks at data."""

from __future__ import annotations

from grader.judge.checking import judge_check, not_run, passing, ran_out_of_memory, stopped
from grader.judge.compare import Expected
from grader.judge.concept import judge_part
from grader.judge.diagnosis import Runs, indistinguishable, name_mistake
from grader.judge.tolerance import allowed, tolerance_of

__all__ = [
    "Expected",
    "Runs",
    "allowed",
    "indistinguishable",
    "judge_check",
    "judge_part",
    "messages",
    "name_mistake",
    "not_run",
    "passing",
    "ran_out_of_memory",
    "stopped",
    "tolerance_of",
]
