"""Finding checks that cannot fail, or hardly can."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.grading import Desk
from grader.judge import Expected, allowed, tolerance_of
from grader.observed import Tensor, Values
from grader.plan import PlannedCheck
from grader.question import Question, conditions_of

# The largest expected value of a check must be this many times what is allowed there: else zeros nearly pass.
SHARP = 25.0  # times what is allowed; float16 alone comes to about 50


def idle_checks(desk: Desk) -> Iterator[str]:
    """One sentence for each check whose expected values leave nothing to fail."""
    for check in desk.plan.checks:
        expected = desk.oracle.expected()[check.run]
        probe = desk.plan.runs[check.run].drive.probe
        if probe != "raises" and any(not isinstance(one.own, Values) for one in expected):
            remedy = _remedy(desk.question, check)
            yield f"check '{check.name}': the reference raises, and the probe is not 'raises'{remedy}"
        elif check.compare == "values":
            reach = max((reach_of(check, one) for one in expected), default=np.inf)
            if reach < SHARP:
                yield (
                    f"check '{check.name}' can hardly fail: its largest expected value is {reach:.3g} times "
                    "what is allowed as an error"
                )


def _remedy(question: Question, check: PlannedCheck) -> str:
    """For a check of the battery, which no spec writes."""
    key = next((condition.key for condition in conditions_of(question) if condition.check == check.name), None)
    return f"; a condition that does not fit is left out by `battery: {{skip: {{{key}: why}}}}`" if key else ""


def reach_of(check: PlannedCheck, expected: Expected) -> float:
    """How far the expected tensors of a case reach beyond their tolerance; infinite where none is compared."""
    if not isinstance(expected.own, Values):
        return np.inf
    leaves = expected.own.leaves
    reaches = [_reach(check, leaf, _truth(expected, name)) for name, leaf in leaves.items() if isinstance(leaf, Tensor)]
    return max(reaches, default=np.inf)


def _truth(expected: Expected, name: str) -> Tensor | None:
    leaf = expected.truth.leaves.get(name) if isinstance(expected.truth, Values) else None
    return leaf if isinstance(leaf, Tensor) else None


def _reach(check: PlannedCheck, own: Tensor, truth: Tensor | None) -> float:
    if not own.array.size:
        return 0.0
    if own.array.dtype.kind not in "fc" or truth is None or truth.array.shape != own.array.shape:
        return np.inf if np.any(own.array) else 0.0
    tolerance = check.tolerance or tolerance_of(own.dtype)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.abs(truth.array) / allowed(truth.array, own.array, tolerance)
    return float(np.nanmax(ratio, initial=0.0))
