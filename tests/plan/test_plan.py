"""A plan follows from a question and a seed, and from nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from grader.plan import Plan, make_plan
from grader.question.types import Argument, Battery, Case, Check, Question
from grader.wire import PlainValue, TensorValue
from tests.plan.made_up import NO_BATTERY, question


def _question(**more: object) -> Question:
    """Of two lengths, with two checks of the same call."""
    settings: dict[str, object] = {
        "cases": [Case(name="typical"), Case(name="long", sizes={"T": 7})],
        "checks": [Check(name="shape", compare="shape"), Check(name="values", compare="values", needs="shape")],
    }
    return question(**{**settings, **more})


def _arrays(plan: Plan, run: int = 0) -> list[np.ndarray]:
    return list(plan.runs[run].arrays.values())


def test_equal_seeds_give_equal_inputs_and_other_seeds_others() -> None:
    one, same, other = (_arrays(make_plan(_question(), seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, same, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_sizes_of_a_case_override_those_of_the_question() -> None:
    assert [array.shape for array in _arrays(make_plan(_question(), 1))] == [(2, 3), (2, 7)]


def test_checks_that_look_at_the_same_calls_share_one_run() -> None:
    plan = make_plan(_question(battery=NO_BATTERY), 1)
    assert [check.run for check in plan.checks] == [0, 0]
    assert len(plan.runs) == 1


def test_the_battery_comes_after_the_questions_own_checks_and_needs_the_values() -> None:
    plan = make_plan(_question(), 1)
    assert [check.name for check in plan.checks[2:]] == [
        "inputs unmodified",
        "double precision",
        "non-contiguous inputs",
        "gradients",
        "device",
    ]
    assert all(check.needs == ("values",) for check in plan.checks[2:])


def test_the_battery_leaves_out_what_a_spec_skips_or_does_itself() -> None:
    checks = [Check(name="grads", probe="gradients", compare="values")]
    plan = make_plan(_question(checks=checks, battery=Battery(skip={"device": "why"})), 1)
    assert [check.name for check in plan.checks] == [
        "grads",
        "inputs unmodified",
        "double precision",
        "non-contiguous inputs",
    ]


def test_whole_numbers_alone_are_not_asked_for_gradients_or_double_precision() -> None:
    question = _question(arguments={"x": Argument(integers=["B"], high=9)})
    names = [check.name for check in make_plan(question, 1).checks]
    assert "gradients" not in names
    assert "double precision" not in names


def test_a_held_argument_never_travels() -> None:
    arguments = {"x": Argument(normal=["B"]), "label": Argument(integers=["B"], high=5, held=True)}
    plan = make_plan(_question(arguments=arguments), 1)
    for run in plan.runs:
        assert all("label" not in case.arguments for case in run.drive.inputs)
        assert not any("label" in key for key in run.arrays)
        assert all("label" in case.held for case in run.cases)


def test_an_omitted_argument_sends_the_later_ones_by_keyword() -> None:
    arguments = {
        "x": Argument(normal=["B"]),
        "eps": Argument(omit=True),
        "dim": Argument(value=-1),
    }
    case = make_plan(_question(arguments=arguments), 1).runs[0].drive.inputs[0]
    assert list(case.arguments) == ["x", "dim"]
    assert case.keywords == ["dim"]


def test_each_way_of_making_an_argument() -> None:
    arguments = {
        "normal": Argument(normal=["B", 1000], scale=3, shift=10),
        "uniform": Argument(uniform=[1000], low=-1, high=2),
        "integers": Argument(integers=[1000], low=2, high="T + 2"),
        "boolean": Argument(boolean=[1000], probability=0.9),
        "tensor": Argument(tensor=[[1, 2], [3, 4]], dtype="uint8"),
        "value": Argument(value="sum"),
        "size": Argument(size="2 * T"),
    }
    case = make_plan(_question(arguments=arguments), 4).runs[0]
    made = {
        name: case.arrays[value.key] if isinstance(value, TensorValue) else value
        for name, value in case.drive.inputs[0].arguments.items()
    }
    normal, uniform, integers, boolean = (np.asarray(made[n]) for n in ("normal", "uniform", "integers", "boolean"))
    assert normal.mean() == pytest.approx(10, abs=0.5)
    assert normal.std() == pytest.approx(3, abs=0.3)
    assert -1 <= uniform.min() < 0 < 1 < uniform.max() < 2
    assert set(integers.tolist()) == {2, 3, 4}
    assert 0.8 < boolean.mean() < 1
    assert made["tensor"].dtype == np.uint8  # type: ignore[union-attr]
    assert made["value"] == PlainValue("sum")
    assert made["size"] == PlainValue(6)


def test_half_precision_is_drawn_in_float32_and_named() -> None:
    plan = make_plan(_question(cases=[Case(name="half", dtype="bfloat16")]), 1)
    value = plan.runs[0].drive.inputs[0].arguments["x"]
    assert isinstance(value, TensorValue)
    assert value.dtype == "bfloat16"
    assert _arrays(plan)[0].dtype == np.float32
    assert plan.runs[0].drive.inputs[0].dtype == "bfloat16"


def test_a_scale_of_a_case_multiplies_its_normal_arguments() -> None:
    plain, scaled = (
        _arrays(make_plan(_question(cases=[Case(name="one", scale=scale)]), 1))[0] for scale in (1.0, 30.0)
    )
    assert np.allclose(plain * 30, scaled)


def test_cases_in_words_name_their_sizes_in_both_languages() -> None:
    words = make_plan(_question(), 1).runs[0].cases[1].words
    assert words.en == "long (B = 2, T = 7)"
    assert words.zh == "long（B = 2，T = 7）"


def test_everything_that_checks_call_must_be_defined() -> None:
    checks = [
        Check(name="a", compare="values"),
        Check(name="b", compare="values", entry="g", function=True),
        Check(name="c", compare="values", entry="Net", construct={}),
    ]
    plan = make_plan(_question(checks=checks), 1)
    assert plan.functions == ("f", "g")
    assert plan.classes == ("Net",)
