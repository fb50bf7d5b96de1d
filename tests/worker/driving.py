"""Driving a worker in this process: small builders for the tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import wire
from grader.observed import Observed, read
from grader.worker.serve import Worker


def loaded(source: str, functions: list[str] | None = None, probes: str = "") -> Worker:
    """A worker that has loaded some source without complaint."""
    worker = Worker()
    examined, _ = worker.answer(wire.Examine(1, source, "answer.py"), {})
    assert isinstance(examined, wire.Examined)
    assert examined.error is None
    reply, _ = worker.answer(wire.Load(2, functions or [], probes=probes), {})
    assert isinstance(reply, wire.Loaded)
    assert reply.error is None, reply.error
    return worker


def drive(worker: Worker, probe: str, entry: str = "f", arrays: Any = None, **settings: Any) -> Observed:
    """What one probe observed with the arrays as arguments, in one case."""
    named = {name: np.asarray(array) for name, array in (arrays or {}).items()}
    arguments = {name: wire.TensorValue(name, str(array.dtype), list(array.shape)) for name, array in named.items()}
    case = wire.Input("case", {**arguments, **settings.pop("plain", {})}, **settings.pop("case", {}))
    request = wire.Drive(3, probe, entry, settings.pop("constructs", False), [case], 7, **settings)
    reply, out = worker.answer(request, named)
    assert isinstance(reply, wire.Observations)
    return read(reply, out, 1)[0]
