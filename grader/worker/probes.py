"""The built-in probes: how an implementation is driven, and what is observed.

A probe is a function with `@built_in` above it; nothing else names it. What that declares is what a spec must obey,
and the loader of questions reads it here without importing torch (`grader.question.probe_functions`).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, Literal

import torch
from torch import Tensor

from grader.wire import Drive, Input, Named, PlainValue, Returned
from grader.worker import second_device
from grader.worker.fill import keyed_parameters
from grader.worker.solution import Solution
from grader.worker.values import MAX_VALUES, Observer, leaves_of, structure

Probe = Callable[[Solution, Drive, Input, Observer], Returned]
BUILT_IN: dict[str, Probe] = {}


def built_in(
    *,
    needs: Literal["calls", "construct"] | None = None,
    compared: bool = True,
    in_specs: bool = True,
    calls: bool = False,
) -> Callable[[Probe], Probe]:
    """Make a function a probe that checks can name.

    needs: a key of the spec without which it makes no sense; compared: whether a check says with `compare` or
    `criterion` what must hold; in_specs: whether specs can name it, or conditions alone; calls: whether it calls the
    entry with the case's arguments and observes what comes of that. All are literals.
    """

    def add(probe: Probe) -> Probe:
        BUILT_IN[probe.__name__] = probe
        return probe

    return add


@built_in(calls=True)
def call(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """One call."""
    with torch.no_grad():
        result = solution.call(solution.subject(), solution.inputs())
    return Returned(observer.observe(result, "output"), structure(result))


@built_in(compared=False)
def raises(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """One call, which shall end with an exception."""
    return call(solution, drive, case, observer)


@built_in(calls=True)
def repeat(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """The same object twice, with equal inputs."""
    subject = solution.subject()
    with torch.no_grad():
        first = observer.observe(solution.call(subject, solution.inputs()), "first call")
        second = observer.observe(solution.call(subject, solution.inputs()), "second call")
    return Returned(first + second)


@built_in(needs="calls")
def sequence(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """Several named calls in a row on one object, or of the submission's functions."""
    target = solution.make() if drive.constructs else solution
    inputs = solution.inputs()
    named: list[Named] = []
    with torch.no_grad():
        for number, step in enumerate(drive.calls, start=1):
            function: Any = target if step.method == "__call__" else getattr(target, step.method)
            result = function(*[inputs[name] for name in step.arguments])
            named += observer.observe(result, f"call {number} ({step.method})")
    return Returned(named)


@built_in(needs="construct")
def parameters(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """Names and shapes of the parameters; where names are free, how many there are of each shape."""
    module = solution.make()
    if drive.fill == "named":
        return Returned([Named(name, PlainValue(str(tuple(p.shape)))) for name, p in module.named_parameters()])
    shapes = [str(tuple(p.shape)) for p in module.parameters()]
    return Returned([Named(f"parameters of shape {s}", PlainValue(shapes.count(s))) for s in sorted(set(shapes))])


@built_in(calls=True)
def gradients(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """Gradients of a randomly weighted sum of the outputs; a missing one is one of zeros."""
    subject = solution.subject()
    inputs = solution.inputs()
    leaves: dict[str, Tensor] = {}
    for name, value in inputs.items():
        if isinstance(value, Tensor) and value.is_floating_point():
            leaves[f"gradient of {name}"] = value.requires_grad_()
    if isinstance(subject, torch.nn.Module):
        for key, parameter in keyed_parameters(subject, drive.fill):
            if parameter.requires_grad:
                leaves[f"gradient of {key}"] = parameter
    loss = _weighted_sum(solution.call(subject, inputs), solution.seed)
    found = _gradients(loss, list(leaves.values()))
    named = [observer.observe(gradient, name) for name, gradient in zip(leaves, found, strict=True)]
    return Returned([one for group in named for one in group])


def _weighted_sum(result: object, seed: int) -> Tensor | None:
    generator = torch.Generator().manual_seed(seed)
    total: Tensor | None = None
    for leaf in _tensors(result):
        if leaf.is_floating_point() and leaf.requires_grad:
            weights = torch.randn(tuple(leaf.shape), generator=generator, dtype=torch.float32)
            term = (leaf * weights.to(leaf.dtype).to(leaf.device)).sum()
            total = term if total is None else total + term
    return total


def _tensors(result: object) -> list[Tensor]:
    if isinstance(result, Tensor):
        return [result]
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, tuple | list):
        return [tensor for item in result for tensor in _tensors(item)]
    return []


def _gradients(loss: Tensor | None, leaves: list[Tensor]) -> list[Tensor]:
    if loss is None or not leaves:
        return [torch.zeros_like(leaf) for leaf in leaves]
    found = torch.autograd.grad(loss, leaves, allow_unused=True)
    return [torch.zeros_like(x) if g is None else g for x, g in zip(leaves, found, strict=True)]


@built_in(in_specs=False)
def unmodified(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """The inputs as they are after a call."""
    inputs = solution.inputs()
    with torch.no_grad():
        solution.call(solution.subject(), inputs)
    named = [observer.observe(value, f"argument {name}") for name, value in inputs.items()]
    return Returned([one for group in named for one in group])


@built_in(in_specs=False)
def device(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
    """One call with all that is handed over on another device than what is made by default; where the result lies."""
    subject = solution.subject()
    if isinstance(subject, torch.nn.Module):
        subject = second_device.move_module(subject)
    inputs = {name: second_device.move(value) for name, value in solution.inputs().items()}
    with torch.no_grad():
        ran = second_device.run_elsewhere(lambda: solution.call(subject, inputs))
    places = islice(second_device.places(leaves_of(ran.result, "output")), MAX_VALUES)
    found = [Named(name, PlainValue(place)) for name, place in places]
    return Returned([Named("devices", PlainValue(ran.outcome)), *found])


def custom(function: Callable[..., Any]) -> Probe:
    """A probe of the question's own."""

    def probe(solution: Solution, drive: Drive, case: Input, observer: Observer) -> Returned:
        result = function(solution, **solution.inputs())
        return Returned(observer.observe(result, "output"), structure(result))

    return probe
