"""A loaded submission, as probes see it."""

from __future__ import annotations

import linecache
import sys
import types
from collections.abc import Mapping
from typing import Any

import torch

from grader.wire import Arrays, Drive, Input
from grader.worker.fill import fill
from grader.worker.values import to_torch

MODULE = "submission"  # the name under which a submission's module is known


class Solution:
    """What a probe drives: the submission's callables, and modules made from the case and the seed.

    `solution.NAME` is the callable of that name. `solution.make()` constructs the check's entry.
    """

    def __init__(self, namespace: types.ModuleType, drive: Drive, case: Input, arrays: Arrays) -> None:
        self._namespace = namespace
        self._drive = drive
        self._case = case
        self._arrays = arrays
        self.seed = drive.seed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._namespace, name)

    def make(self, entry: str | None = None, **overrides: object) -> Any:
        """Construct the entry with the case's constructor arguments; filled, in the check's mode and place."""
        arguments = {**self.arguments(self._case.construct), **overrides}
        constructor = getattr(self._namespace, entry or self._drive.entry)
        built = self._passed(constructor, arguments, self._case.construct_keywords)
        return self.fill(built) if isinstance(built, torch.nn.Module) else built

    def fill(self, module: torch.nn.Module) -> torch.nn.Module:
        """Give any module the case's dtype and device, parameters from the seed, and the check's mode."""
        fill(module, self.seed, self._drive.fill)
        dtype = getattr(torch, self._case.dtype)
        if self._drive.float64:  # the ground truth: the same rounded values, calculated with in float64
            module = module.to(dtype).to(torch.float64)
        elif dtype != torch.float32:
            module = module.to(dtype)
        module = module.to(self._drive.device)
        return module.train(self._drive.mode == "train")

    def arguments(self, values: Mapping[str, Any]) -> dict[str, object]:
        """Fresh arguments by name."""
        return {name: self._argument(value) for name, value in values.items()}

    def inputs(self) -> dict[str, object]:
        """Fresh arguments of the case, in order."""
        return self.arguments(self._case.arguments)

    def call(self, function: Any, inputs: Mapping[str, object]) -> Any:
        """Call with the case's arguments, each by position or by keyword as the case says."""
        return self._passed(function, inputs, self._case.keywords)

    def _passed(self, function: Any, values: Mapping[str, object], keywords: list[str]) -> Any:
        positional = [value for name, value in values.items() if name not in keywords]
        return function(*positional, **{name: values[name] for name in keywords if name in values})

    def subject(self) -> Any:
        """What most probes call: the constructed object, or the function."""
        return self.make() if self._drive.constructs else getattr(self._namespace, self._drive.entry)

    def _argument(self, value: Any) -> object:
        drive = self._drive
        return to_torch(
            value,
            self._arrays,
            device=drive.device,
            float64=drive.float64,
            layout=drive.layout,
        )


def new_module(name: str) -> types.ModuleType:
    """An empty module that is importable under its name, which dataclasses and pickling need."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    return module


def execute(code: types.CodeType, source: str, filename: str, name: str) -> types.ModuleType:
    """Run compiled source as a module; its lines can be quoted in traces."""
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    module = new_module(name)
    module.__file__ = filename
    exec(code, module.__dict__)  # the submission itself
    return module
