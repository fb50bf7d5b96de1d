"""How many jobs this machine runs at once."""

from __future__ import annotations

import os
from pathlib import Path


def usable_cores() -> int:
    """Processor cores that this process may use, with the quota of a container counted in."""
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        allowed = os.cpu_count() or 1
    return max(1, min(allowed, _quota() or allowed))


def _quota() -> int | None:
    """Cores of the control group, rounded down: more jobs than cores run into the limits by the clock."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return None if quota == "max" else int(quota) // int(period)
    except (OSError, ValueError):
        return None
