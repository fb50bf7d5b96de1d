"""Two implementations get the same parameters, whatever else they hold."""

from __future__ import annotations

import torch
from torch import nn

from grader.worker.fill import fill, keyed_parameters


class _Two(nn.Module):
    def __init__(self, names: list[str]) -> None:
        super().__init__()
        layers = {"one": nn.Linear(3, 5), "two": nn.Linear(5, 2), "norm": nn.BatchNorm1d(5)}
        for name in names:
            self.add_module(name, layers[name])


def _state(module: nn.Module) -> dict[str, torch.Tensor]:
    return dict(module.state_dict())


def test_named_values_do_not_depend_on_the_order_of_registration() -> None:
    first = _state(fill(_Two(["one", "two", "norm"]), 7, "named"))
    second = _state(fill(_Two(["norm", "two", "one"]), 7, "named"))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_ordered_values_do_not_depend_on_names() -> None:
    ours = nn.Sequential(nn.Linear(3, 5), nn.Linear(5, 2))
    theirs = _Two(["one", "two"])
    fill(ours, 7, "ordered")
    fill(theirs, 7, "ordered")
    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        assert torch.equal(mine, other)


def test_another_seed_gives_other_values() -> None:
    one, other = (fill(nn.Linear(3, 5), seed, "named").weight for seed in (1, 2))
    assert not torch.allclose(one, other)


def test_nothing_is_zero_and_variances_are_positive() -> None:
    state = _state(fill(_Two(["one", "norm"]), 3, "named"))
    assert all(torch.count_nonzero(value) for name, value in state.items() if "batches" not in name)
    assert bool((state["norm.running_var"] >= 0.5).all())


def test_other_buffers_stay_as_constructed() -> None:
    module = nn.Linear(2, 2)
    module.register_buffer("table", torch.arange(4.0))
    fill(module, 3, "named")
    assert torch.equal(module.table, torch.arange(4.0))  # type: ignore[arg-type]


def test_none_leaves_everything_alone() -> None:
    module = nn.Linear(2, 2)
    before = module.weight.detach().clone()
    fill(module, 3, "none")
    assert torch.equal(module.weight, before)


def test_equal_shapes_are_numbered_in_order() -> None:
    module = nn.Sequential(nn.Linear(2, 2, bias=False), nn.Linear(2, 2, bias=False))
    assert [key for key, _ in keyed_parameters(module, "ordered")] == [
        "parameter (2, 2) number 1",
        "parameter (2, 2) number 2",
    ]
