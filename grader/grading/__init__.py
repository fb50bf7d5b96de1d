"""The flow for one submission: drive it, compare it with what the reference returned, name its mistake."""

from __future__ import annotations

from grader.grading.desk import Desk, Kit
from grader.grading.flow import Handling
from grader.grading.grader import CHECK_SEED, Grader, Settings, our_failure

__all__ = ["CHECK_SEED", "Desk", "Grader", "Handling", "Kit", "Settings", "our_failure"]
