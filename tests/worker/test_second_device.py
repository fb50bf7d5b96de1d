"""What a GPU would refuse is found without one, and what it allows is not."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from grader.judge.checking import judge_check
from grader.judge.compare import Expected
from grader.observed import Observed, Values
from grader.plan import PlannedCase, PlannedCheck
from grader.result import CheckResult
from grader.text import Text
from grader.verdict import Verdict
from grader.wire import PlainValue, Raised
from grader.worker.second_device import CaughtMismatch, DeviceMismatch, Elsewhere, move, move_module, run_elsewhere
from tests.worker.driving import drive, loaded


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
    assert run_elsewhere(ALLOWED[name]).outcome == "ok"


@pytest.mark.parametrize("name", REFUSED)
def test_a_mismatch_that_is_caught_is_told_all_the_same(name: str) -> None:
    def caught() -> None:
        with contextlib.suppress(RuntimeError):
            REFUSED[name]()

    with pytest.raises(CaughtMismatch, match=r"device|CPU"):
        run_elsewhere(caught)
    assert run_elsewhere(lambda: _x(2, 3)).outcome == "ok", "what one run noted is not held against the next"


def test_a_moved_parameter_is_a_parameter() -> None:
    module = move_module(nn.Linear(2, 2))
    assert isinstance(module.weight, nn.Parameter)
    assert len(list(module.parameters())) == 2


def test_other_failures_are_inconclusive() -> None:
    assert run_elsewhere(lambda: _x(2, 3) @ _x(2, 3)).outcome == "inconclusive"
    assert run_elsewhere(lambda: [][0]).outcome == "inconclusive"  # type: ignore[misc]


def test_in_place_operations_return_their_argument() -> None:
    x = _x(3)
    assert run_elsewhere(lambda: x.add_(1).mul_(2)).outcome == "ok"
    assert isinstance(x, Elsewhere)
    assert x.add_(1) is x


def test_no_second_of_imports_is_spent() -> None:
    """torch's own fake tensors import torch._dynamo, which takes as long as importing torch."""
    code = (
        "import sys, torch; from grader.worker import second_device as d; x = d.move(torch.randn(2, 3, 3));"
        "net = d.move_module(torch.nn.Linear(3, 3));"
        "print(d.run_elsewhere(lambda: net(x @ x).masked_fill(x > 0, 0.0).softmax(-1)).outcome);"
        "print([m for m in ('torch._dynamo', 'torch.distributed.tensor', 'sympy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["ok", "[]"]


X = {"x": np.arange(6, dtype=np.float32).reshape(2, 3)}
CHECK = PlannedCheck(
    name="device",
    title=Text(en="device", zh="设备"),
    run=0,
    points=1,
    needs=(),
    compare="exact",
    criterion=None,
    tolerance=None,
    nan_equal=False,
    show="difference",
)
CASE = PlannedCase("case", Text(en="case", zh="用例"), {}, {}, 6)
LIMIT = "x.storage().data_ptr()"  # there is no memory behind a tensor that is played


def _seen(*lines: str) -> Observed:
    """What the device probe says of a function with these lines."""
    source = "import torch\ndef f(x):" + "".join(f"\n    {line}" for line in lines)
    return drive(loaded(source), "device", arrays=X)


def _judged(got: Observed, reference: Observed) -> CheckResult:
    return judge_check(CHECK, [CASE], [got], [Expected(reference, reference)])


def test_the_limit_of_these_tests_is_one() -> None:
    assert _seen(LIMIT) == Values({"devices": PlainValue("inconclusive")}, "")


def test_a_caught_mismatch_fails_with_its_line() -> None:
    seen = _seen("try:", "    return x + torch.ones(3)", "except RuntimeError:", "    return x")
    result = _judged(seen, _seen("return x + 1"))
    assert (result.verdict, result.line) == (Verdict.WRONG_ANSWER, 4)
    assert result.message is not None
    assert "`add`" in result.message.en
    assert "catches the exception" in result.message.en
    assert result.hint is not None


def test_a_caught_mismatch_counts_where_another_exception_follows() -> None:
    seen = _seen("try:", "    return x + torch.ones(3)", "except RuntimeError:", "    raise ValueError('no')")
    assert isinstance(seen, Raised)
    assert seen.types[0] == "CaughtMismatch"


@pytest.mark.parametrize(
    "line",
    [
        "raise RuntimeError('only on the CPU')",
        "assert x.device.type == 'cpu', 'only on the CPU'",
        "torch.nn.functional.relu(Refusing()(x))",
    ],
)
def test_an_exception_of_its_own_fails_and_is_told(line: str) -> None:
    seen = _seen(
        "class Refusing(torch.nn.Module):",
        "    def forward(self, x):",
        "        raise RuntimeError('only on the CPU')",
        "if x.device.type != 'cpu':",
        f"    {line}",
        "return x + 1",
    )
    result = _judged(seen, _seen("return x + 1"))
    assert (result.verdict, result.points) == (Verdict.RUNTIME_ERROR, 0)
    assert result.message is not None
    assert "Error: only on the CPU in line" in result.message.en


@pytest.mark.parametrize(
    "lines",
    [
        (LIMIT,),
        ("try:", f"    {LIMIT}", "except Exception as error:", "    raise"),
        ("try:", f"    {LIMIT}", "except Exception as error:", "    raise error"),
        ("try:", f"    {LIMIT}", "except Exception as error:", "    raise ValueError('no memory') from error"),
        ("try:", f"    {LIMIT}", "except Exception:", "    raise ValueError('no memory')"),
    ],
)
def test_a_limit_of_what_can_be_played_is_inconclusive_however_it_is_passed_on(lines: tuple[str, ...]) -> None:
    seen = _seen(*lines)
    assert seen == Values({"devices": PlainValue("inconclusive")}, "")
    assert _judged(seen, _seen("return x + 1")).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("line", "reference", "name"),
    [
        ("return x.cpu() + 1", "return x + 1", "output"),
        ("return x, x.sum().cpu()", "return x, x.sum()", "output[1]"),
        ("return {'a': x, 'b': [x.cpu()]}", "return {'a': x, 'b': [x]}", "output.b[0]"),
        ("return torch.ones(2, 3)", "return torch.ones_like(x)", "output"),
    ],
)
def test_a_result_on_the_cpu_fails_where_the_references_is_not(line: str, reference: str, name: str) -> None:
    result = _judged(_seen(line), _seen(reference))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.hint is None
    assert result.message is not None
    assert result.message.en.startswith(f"`{name}` is on the CPU when")
    assert f"`{name}` 却在 CPU 上" in result.message.zh


@pytest.mark.parametrize("line", ["return None", "return x.sum().item()", "return (x,)"])
def test_a_result_that_is_missing_elsewhere_fails(line: str) -> None:
    result = _judged(_seen(line), _seen("return x"))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert result.message is not None
    assert "`output` is not a tensor when" in result.message.en


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("return torch.tensor(1.0)", "return torch.tensor(2.0)"),
        ("return x.shape[0]", "return x.shape[1]"),
        ("return x.sum()", "return torch.tensor(0.0)"),
        ("return x.cpu()", LIMIT),
        ("raise ValueError('not here')", LIMIT),
        (LIMIT, LIMIT),
    ],
)
def test_what_the_reference_leaves_open_is_accepted(line: str, reference: str) -> None:
    assert _judged(_seen(line), _seen(reference)).verdict is Verdict.ACCEPTED


def test_another_word_than_the_probes_own_is_refused() -> None:
    claimed = Values({"devices": PlainValue("fine"), "output": PlainValue("elsewhere")}, "")
    assert _judged(claimed, _seen("return x")).verdict is Verdict.WRONG_ANSWER
