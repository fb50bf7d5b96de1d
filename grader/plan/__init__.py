"""From a question and a seed to everything that must be run: cases x probes."""

from grader.plan.battery import battery_checks
from grader.plan.planning import FIRST_DRIVE, Plan, PlannedCase, PlannedCheck, ProbeRun, make_plan
from grader.plan.titles import title_of

__all__ = [
    "FIRST_DRIVE",
    "Plan",
    "PlannedCase",
    "PlannedCheck",
    "ProbeRun",
    "battery_checks",
    "make_plan",
    "title_of",
]
