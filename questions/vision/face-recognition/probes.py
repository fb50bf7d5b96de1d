"""Drives `verify`, and looks at its arguments afterwards."""

import torch


def verified(solution, *, first, second, threshold):
    """Decisions and similarities."""
    before = first.clone(), second.clone()
    same, similarity = solution.verify(first, second, threshold)
    return {
        "same": same,
        "similarity": similarity,
        "first unmodified": torch.equal(first, before[0]),
        "second unmodified": torch.equal(second, before[1]),
    }
