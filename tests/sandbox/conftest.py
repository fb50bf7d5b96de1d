from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Level, Sandbox, doctor
from grader.sandbox.policy import lacking

from .running import policy

if sys.platform != "linux":
    pytest.skip("the sandbox's layers are Linux's", allow_module_level=True)


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree that must stay hidden; it belongs to whoever runs the tests."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "reference.py").write_text("answer = 42")
    return folder


@pytest.fixture(scope="session")
def working() -> set[str]:
    """The layers that this machine has. Ubuntu 24.04 and Docker forbid namespaces by default."""
    return {report.name for report in doctor.examine() if report.works}


@pytest.fixture
def strict(working: set[str]) -> None:
    """For tests that need every layer."""
    if layer := lacking(Level.STRICT, working):
        pytest.skip(f"this machine has no layer '{layer}'")


@pytest.fixture(scope="session")
def sandbox(secrets: Path, working: set[str]) -> Iterator[Sandbox]:
    """One with every layer that there is; strict where that can be had."""
    level = next(level for level in Level if lacking(level, working) is None)
    with Sandbox(policy(level=level, hidden=(secrets,))) as opened:
        yield opened
