"""The same with a GPU: needs one, and torch built for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Level, Policy, Sandbox

from .running import WORKER, run

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not Path("/dev/nvidiactl").exists(), reason="there is no NVIDIA GPU"),
]


@pytest.fixture(scope="module")
def gpu() -> Iterator[Sandbox]:
    with Sandbox(Policy(level=Level.STANDARD, device="cuda", worker=WORKER)) as opened:
        yield opened


def test_a_child_computes_on_the_gpu(gpu: Sandbox) -> None:
    source = """
        import torch
        x = torch.ones(300, 300, device="cuda", requires_grad=True)
        (x @ x).sum().backward()
        answer = x.grad[0, 0].item()
    """
    assert run(gpu, source, seconds=60) == "600.0"


def test_memory_of_the_host_stays_limited(gpu: Sandbox) -> None:
    assert run(gpu, "x = bytearray(8 << 30)").startswith("MemoryError")
    assert run(gpu, "import mmap; mmap.mmap(-1, 8 << 30)").startswith("PermissionError")


def test_other_files_stay_closed(gpu: Sandbox) -> None:
    assert run(gpu, "open('/etc/passwd')").startswith("PermissionError")
    assert run(gpu, "import socket; socket.socket()").startswith("PermissionError")
