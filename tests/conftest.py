"""Tests that need a GPU are skipped, with the reason, where there is none.

Examples of Hypothesis are the same in every run, so that nobody's change fails on another's luck;
`--hypothesis-profile=searching` draws new ones.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

from grader.devices import why_no_cuda

settings.register_profile("searching", print_blob=True)
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = why_no_cuda()
    if reason is None:
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason=reason))
