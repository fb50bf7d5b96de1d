"""
Tries: find objects that only the judge has: plans, expected values, results, other submissions.
Must: find none; the judge has never been this process.
"""

import gc

KINDS = {"Plan", "PlannedCheck", "Expected", "Oracle", "Desk", "Submission", "Result", "Question", "Grader", "Entry"}


def before(x, w):
    for one in gc.get_objects():
        kind = type(one)
        if kind.__module__.startswith("grader.") and kind.__name__ in KINDS:
            gained(f"{kind.__module__}.{kind.__name__}")
    return x, w
