"""From a question and a seed to everything that must be run: cases x probes."""

from grader.plan.planning import Plan, PlannedCase, PlannedCheck, ProbeRun, make_plan

__all__ = ["Plan", "PlannedCase", "PlannedCheck", "ProbeRun", "make_plan"]
