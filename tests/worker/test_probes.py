"""What each built-in probe observes."""

from __future__ import annotations

import numpy as np

from grader.observed import Observed, Tensor, Values
from grader.wire import PlainValue, Raised, Step
from tests.worker.driving import drive, loaded

X = {"x": np.arange(6, dtype=np.float32).reshape(2, 3)}
LINEAR = """
import torch
class Net(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = torch.nn.Linear(3, width)
        self.drop = torch.nn.Dropout(0.5)
    def forward(self, x):
        return self.drop(self.fc(x))
    def twice(self, x):
        return 2 * self.fc(x)
"""
NET = {"entry": "Net", "constructs": True, "case": {"construct": {"width": PlainValue(4)}}}


def _array(seen: Observed, name: str = "output") -> np.ndarray:
    assert isinstance(seen, Values), seen
    leaf = seen.leaves[name]
    assert isinstance(leaf, Tensor)
    return leaf.array


def _net() -> dict[str, object]:
    return {**NET, "case": dict(NET["case"])}  # type: ignore[call-overload]


def test_call_names_nested_results_by_their_path() -> None:
    seen = drive(loaded("def f(x): return x, [1, {'loss': 2.5}], None, 'ok', True"), "call", arrays=X)
    assert isinstance(seen, Values)
    assert list(seen.leaves) == [
        "output[0]",
        "output[1][0]",
        "output[1][1].loss",
        "output[2]",
        "output[3]",
        "output[4]",
    ]
    assert seen.structure == "tuple(tensor, list(int, dict(loss: float)), NoneType, str, bool)".replace(
        "NoneType", "None"
    )
    assert seen.leaves["output[1][1].loss"] == PlainValue(2.5)


def test_a_module_is_filled_and_in_the_asked_mode() -> None:
    worker = loaded(LINEAR)
    once, again = (_array(drive(worker, "call", arrays=X, **_net())) for _ in range(2))
    assert np.array_equal(once, again)
    trained = _array(drive(worker, "call", arrays=X, mode="train", **_net()))
    assert (trained == 0).any()


def test_float64_runs_with_the_same_values() -> None:
    worker = loaded(LINEAR)
    own = _array(drive(worker, "call", arrays=X, **_net()))
    truth = _array(drive(worker, "call", arrays=X, float64=True, **_net()))
    assert truth.dtype == np.float64
    assert np.allclose(own, truth, atol=1e-5)


def test_gradients_are_of_inputs_and_parameters_and_missing_ones_are_zeros() -> None:
    seen = drive(loaded("def f(x, y): return x.exp()"), "gradients", arrays={**X, "y": X["x"]})
    assert _array(seen, "gradient of x").any()
    assert not _array(seen, "gradient of y").any()
    module = drive(loaded(LINEAR), "gradients", arrays=X, **_net())
    assert isinstance(module, Values)
    assert list(module.leaves) == ["gradient of x", "gradient of fc.weight", "gradient of fc.bias"]


def test_a_detached_result_has_gradients_of_zeros() -> None:
    assert not _array(drive(loaded("def f(x): return x.detach()"), "gradients", arrays=X), "gradient of x").any()


def test_parameters_tells_names_and_shapes_or_counts_of_shapes() -> None:
    named = drive(loaded(LINEAR), "parameters", **_net())
    assert isinstance(named, Values)
    assert named.leaves == {"fc.weight": PlainValue("(4, 3)"), "fc.bias": PlainValue("(4,)")}
    counted = drive(loaded(LINEAR), "parameters", fill="ordered", **_net())
    assert isinstance(counted, Values)
    assert counted.leaves["parameters of shape (4, 3)"] == PlainValue(1)


def test_repeat_shows_state_that_stays_behind() -> None:
    source = "seen = []\ndef f(x):\n    seen.append(1)\n    return x + len(seen)"
    seen = drive(loaded(source), "repeat", arrays=X)
    assert not np.array_equal(_array(seen, "first call"), _array(seen, "second call"))


def test_sequence_calls_methods_in_a_row() -> None:
    calls = [Step("__call__", ["x"]), Step("twice", ["x"])]
    seen = drive(loaded(LINEAR), "sequence", arrays=X, calls=calls, **_net())
    assert np.allclose(2 * _array(seen, "call 1 (__call__)"), _array(seen, "call 2 (twice)"))


def test_unmodified_shows_the_inputs_after_the_call() -> None:
    untouched = drive(loaded("def f(x): return x + 1"), "unmodified", arrays=X)
    assert np.array_equal(_array(untouched, "argument x"), X["x"])
    touched = drive(loaded("def f(x): return x.add_(1)"), "unmodified", arrays=X)
    assert not np.array_equal(_array(touched, "argument x"), X["x"])


def test_noncontiguous_inputs_have_equal_values() -> None:
    source = "def f(x): return x, x.is_contiguous()"
    seen = drive(loaded(source), "call", arrays=X, layout="gaps")
    assert isinstance(seen, Values)
    assert np.array_equal(_array(seen, "output[0]"), X["x"])
    assert seen.leaves["output[1]"] == PlainValue(False)


def test_device_names_the_operation_that_mixes() -> None:
    mixed = drive(loaded("import torch\ndef f(x): return x + torch.ones(3)"), "device", arrays=X)
    assert isinstance(mixed, Raised)
    assert mixed.types[0] == "DeviceMismatch"
    assert "`add`" in mixed.message
    assert mixed.line == 2


def test_a_custom_probe_gets_the_arguments_by_name() -> None:
    probes = "def step(solution, *, x): return {'twice': solution.f(x) * 2, 'seed': solution.seed}"
    seen = drive(loaded("def f(x): return x + 1", probes=probes), "step", arrays=X)
    assert isinstance(seen, Values)
    assert np.array_equal(_array(seen, "output.twice"), (X["x"] + 1) * 2)
    assert seen.leaves["output.seed"] == PlainValue(7)


def test_an_exception_comes_with_its_classes_and_the_line_in_the_submission() -> None:
    seen = drive(loaded("def f(x):\n    y = 1\n    raise ValueError('no')"), "call", arrays=X)
    assert isinstance(seen, Raised)
    assert (seen.types[0], seen.message, seen.line) == ("ValueError", "no", 3)
    assert "answer.py" in seen.trace


def test_an_exception_whose_text_fails_is_told_all_the_same() -> None:
    source = "class E(Exception):\n    def __str__(self): raise RuntimeError\ndef f(x): raise E"
    seen = drive(loaded(source), "call", arrays=X)
    assert isinstance(seen, Raised)
    assert "can't be shown" in seen.message


def test_system_exit_is_an_outcome() -> None:
    seen = drive(loaded("import sys\ndef f(x): sys.exit(0)"), "call", arrays=X)
    assert isinstance(seen, Raised)
    assert seen.types[0] == "SystemExit"


def test_randomness_starts_from_the_seed_each_time() -> None:
    worker = loaded("import torch\ndef f(x): return torch.rand(3)")
    assert np.array_equal(_array(drive(worker, "call", arrays=X)), _array(drive(worker, "call", arrays=X)))
