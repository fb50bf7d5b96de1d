"""Which device submissions run on, found out without importing torch."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from grader.errors import UsageError


def choose_device(wanted: str) -> str:
    """`cpu` or `cuda`. Raises UsageError where CUDA is asked for and not there."""
    if wanted == "cpu":
        return "cpu"
    problem = why_no_cuda()
    if problem is None:
        return "cuda"
    if wanted == "cuda":
        raise UsageError(f"--device cuda: {problem}; use --device cpu")
    return "cpu"


def why_no_cuda() -> str | None:
    """The reason why nothing can run on a GPU here; None where it can."""
    if not os.path.exists("/dev/nvidiactl"):
        return "this machine has no NVIDIA GPU, or its driver is not loaded"
    torch = importlib.util.find_spec("torch")
    folders = list(torch.submodule_search_locations or []) if torch else []
    if not any(Path(folder, "lib", "libtorch_cuda.so").exists() for folder in folders):
        return "the installed torch is built without CUDA"
    return None


def device_in_words(device: str) -> str:
    """`cpu`, or `cuda (model of the first GPU)`."""
    if device == "cpu":
        return "cpu"
    for file in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        for line in file.read_text(errors="replace").splitlines():
            if line.startswith("Model:"):
                return f"cuda ({line.removeprefix('Model:').strip()})"
    return "cuda"
