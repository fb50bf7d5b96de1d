from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Level, Sandbox

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
def sandbox(secrets: Path) -> Iterator[Sandbox]:
    """One with every layer."""
    with Sandbox(policy(level=Level.STRICT, hidden=(secrets,))) as opened:
        yield opened
