"""Tests that need a GPU are skipped, with the reason, where there is none.

Examples of Hypothesis are the same in every run, so that nobody's change fails on another's luck;
`--hypothesis-profile=searching` draws new ones.

What a test has to say beside its verdict is told at the end: `record_property("told", sentence)`. A warning would be an
error here.

No test touches the progress of whoever runs it: each has a folder of its own, made when something is recorded.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import settings

from grader.devices import why_no_cuda

# Who starts the suite in the background with nohup has it ignore Ctrl-C, and with it every command that is tested.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("searching", print_blob=True)
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

_numbers = count()


@pytest.fixture(scope="session", autouse=True)
def _data_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For fixtures that live longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADER_DATA", str(tmp_path_factory.getbasetemp() / "data"))
        yield


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("GRADER_DATA", str(tmp_path_factory.getbasetemp() / "data" / str(next(_numbers))))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = why_no_cuda()
    if reason is None:
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    told = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == "told"]
    for sentence in dict.fromkeys(told):
        terminalreporter.write_line(str(sentence))
