"""What a GPU would refuse is found without one, and what it allows is not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from grader.worker.devices import DeviceMismatch, Elsewhere, move, move_module, run_elsewhere


def _x(*shape: int) -> Tensor:
    moved = move(torch.randn(*shape))
    assert isinstance(moved, Tensor)
    return moved


def _write_into(made: Tensor) -> Tensor:
    made[:, 0] = _x(2, 3)[:, 0]
    made[0] = torch.ones(3)
    return made + _x(2, 3)


REFUSED: dict[str, Callable[[], object]] = {
    "mask": lambda: _x(2, 3, 3).masked_fill(torch.ones(3, 3).bool(), 0.0),
    "add": lambda: _x(2, 3) + torch.arange(3),
    "matmul": lambda: _x(2, 3) @ torch.ones(3, 4),
    "cat": lambda: torch.cat([_x(2, 3), torch.ones(2, 3)]),
    "where": lambda: torch.where(torch.ones(2, 3) > 0, _x(2, 3), _x(2, 3)),
    "gather": lambda: _x(2, 3).gather(1, torch.zeros(2, 3).long()),
    "convolution": lambda: torch.conv2d(_x(1, 1, 5, 5), torch.ones(1, 1, 3, 3)),
    "embedding": lambda: F.embedding(move(torch.zeros(2, 3).long()), torch.ones(4, 3)),  # type: ignore[arg-type]
    "loss": lambda: F.cross_entropy(_x(2, 8), torch.zeros(2).long()),
    "einsum": lambda: torch.einsum("bi,ij->bj", _x(2, 3), torch.ones(3, 2)),
    "initial state": lambda: move_module(nn.RNN(3, 4))(_x(5, 2, 3), torch.zeros(1, 2, 4)),
    "written into, then added": lambda: _write_into(torch.zeros(2, 3)),
    "numpy": lambda: _x(3).numpy(),
    "unregistered buffer": lambda: _x(3) * _Table().table,
}

ALLOWED: dict[str, Callable[[], object]] = {
    "made on the input's device": lambda: _x(2, 3) + torch.arange(3, device=_x(1).device),
    "tensor on the input's device": lambda: _x(2, 3) + torch.tensor([1.0, 2, 3], device=_x(1).device),
    "moved": lambda: torch.ones(3).to(_x(1).device) + _x(3),
    "like": lambda: _x(2, 3) + torch.ones_like(_x(2, 3)) + _x(1).new_ones(3),
    "scalar tensor": lambda: _x(2, 3) * torch.tensor(2.0),
    "index from the CPU": lambda: _x(2, 3)[torch.zeros(2).long()],
    "item": lambda: 1 / _x(3).sum().item(),
    "tolist": lambda: max(_x(3).tolist()),
    "branch on a value": lambda: 1 if (_x(3) > 0).all() else 2,
    "boolean index": lambda: (lambda x: x[x > 0])(_x(9)),
    "written into": lambda: _write_into(torch.zeros(2, 3, device=_x(1).device)),
    "RNN": lambda: move_module(nn.RNN(3, 4))(_x(5, 2, 3)),
    "LSTM": lambda: move_module(nn.LSTM(3, 4))(_x(5, 2, 3)),
    "packed by lengths on the CPU": lambda: move_module(nn.GRU(3, 4))(
        pack_padded_sequence(_x(5, 2, 3), torch.tensor([5, 3]))
    ),
    "convolution": lambda: move_module(nn.Conv2d(1, 2, 3))(_x(1, 1, 5, 5)),
    "transformer": lambda: move_module(nn.TransformerEncoderLayer(8, 2).eval())(_x(2, 4, 8)),
    "batch norm": lambda: move_module(nn.BatchNorm1d(8))(_x(2, 8)),
    "dropout": lambda: F.dropout(_x(2, 8), 0.5),
    "attention": lambda: F.scaled_dot_product_attention(_x(2, 4, 8), _x(2, 4, 8), _x(2, 4, 8), is_causal=True),
}


class _Table(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = torch.arange(3.0)  # not registered, so `.to(device)` leaves it where it is


@pytest.mark.parametrize("name", REFUSED)
def test_mixing_devices_is_found(name: str) -> None:
    with pytest.raises(DeviceMismatch, match=r"device|CPU"):
        run_elsewhere(REFUSED[name])


@pytest.mark.parametrize("name", ALLOWED)
def test_what_a_gpu_allows_is_allowed(name: str) -> None:
    assert run_elsewhere(ALLOWED[name]) == "ok"


def test_a_moved_parameter_is_a_parameter() -> None:
    module = move_module(nn.Linear(2, 2))
    assert isinstance(module.weight, nn.Parameter)
    assert len(list(module.parameters())) == 2


def test_other_failures_are_inconclusive() -> None:
    assert run_elsewhere(lambda: _x(2, 3) @ _x(2, 3)) == "inconclusive"
    assert run_elsewhere(lambda: [][0]) == "inconclusive"  # type: ignore[misc]


def test_in_place_operations_return_their_argument() -> None:
    x = _x(3)
    assert run_elsewhere(lambda: x.add_(1).mul_(2)) == "ok"
    assert isinstance(x, Elsewhere)
    assert x.add_(1) is x


def test_no_second_of_imports_is_spent() -> None:
    """torch's own fake tensors import torch._dynamo, which takes as long as importing torch."""
    code = (
        "import sys, torch; from grader.worker import devices as d; x = d.move(torch.randn(2, 3, 3));"
        "net = d.move_module(torch.nn.Linear(3, 3));"
        "print(d.run_elsewhere(lambda: net(x @ x).masked_fill(x > 0, 0.0).softmax(-1)));"
        "print([m for m in ('torch._dynamo', 'torch.distributed.tensor', 'sympy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["ok", "[]"]
