"""Tests that need a GPU are skipped, with the reason, where there is none."""

from __future__ import annotations

import pytest

from grader.devices import why_no_cuda


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = why_no_cuda()
    if reason is None:
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason=reason))
