"""The inputs follow from the seed, the case and the argument, and are what the spec says."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from grader.plan.inputs import Maker, derived_seed
from grader.question.types import Argument, Case, Check
from grader.wire import PlainValue, TensorValue
from tests.plan.made_up import NO_BATTERY, drawn, input_of, made, plan_of, run_of, tensor_of, unlike, value_of

MANY = 4000
NORMAL = Argument(normal=[MANY])
FOUR = {
    "normal": NORMAL,
    "uniform": Argument(uniform=[MANY]),
    "integers": Argument(integers=[MANY], high=1000),
    "boolean": Argument(boolean=[MANY], probability=0.5),
}


# --- the seed ---


@pytest.mark.parametrize("kind", FOUR)
def test_one_seed_gives_one_draw_and_another_seed_another(kind: str) -> None:
    assert np.array_equal(made(FOUR[kind], seed=1), made(FOUR[kind], seed=1))
    assert unlike(made(FOUR[kind], seed=1), made(FOUR[kind], seed=2))


def test_seeds_that_are_neighbours_or_large_are_as_good_as_any() -> None:
    draws = [made(NORMAL, seed=seed) for seed in (0, 1, 2, 10, 11, 2**31, 2**32, 2**32 + 1, 2**63)]
    assert all(unlike(one, other) for one, other in combinations(draws, 2))


def test_another_process_draws_the_same() -> None:
    """A report's seed replays it on another day."""
    code = (
        "from grader.question.types import Argument; from tests.plan.made_up import made, plan_of;"
        "print(made(Argument(normal=[3])).tolist(), plan_of().runs[0].drive.seed)"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    told = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
    assert told.stdout.decode().strip() == f"{made(Argument(normal=[3])).tolist()} {plan_of().runs[0].drive.seed}"


def test_the_seed_for_torch_follows_from_seed_and_question_and_fits() -> None:
    seeds = [plan_of(seed, id=name).runs[0].drive.seed for seed in (1, 2, 3) for name in ("one", "other")]
    assert len(set(seeds)) == 6
    assert all(0 <= derived_seed(seed, "q") < 2**31 for seed in range(300))
    assert max(derived_seed(seed, "q") for seed in range(300)) > 2**30
    assert len({run.drive.seed for run in plan_of(seed=1).runs}) == 1  # all probes of a question see one


# --- what is drawn apart ---


def test_cases_of_the_same_sizes_are_drawn_apart() -> None:
    names = ["typical", "again", "a third one"]
    plan = plan_of(arguments=FOUR, cases=[Case(name=name) for name in names])
    for kind in FOUR:
        draws = [drawn(plan, kind, case=name) for name in names]
        assert all(unlike(one, other) for one, other in combinations(draws, 2))


def test_cases_of_other_sizes_do_not_begin_alike() -> None:
    cases = [Case(name="short", sizes={"T": MANY}), Case(name="long", sizes={"T": 2 * MANY})]
    plan = plan_of(arguments={"x": Argument(normal=["T"])}, cases=cases)
    assert unlike(drawn(plan, case="short"), drawn(plan, case="long")[:MANY])


def test_arguments_of_one_case_are_drawn_apart() -> None:
    plan = plan_of(arguments=dict.fromkeys(("q", "k", "v"), NORMAL))
    assert all(unlike(drawn(plan, one), drawn(plan, other)) for one, other in combinations("qkv", 2))


def test_a_held_argument_is_drawn_apart_from_what_is_sent() -> None:
    plan = plan_of(arguments={"x": NORMAL, "label": Argument(normal=[MANY], held=True)})
    assert unlike(drawn(plan), run_of(plan).cases[0].held["label"])


def test_an_argument_of_the_constructor_is_drawn_apart_from_its_namesake() -> None:
    plan = plan_of(arguments={"x": NORMAL}, construct={"x": NORMAL})
    value = input_of(plan).construct["x"]
    assert isinstance(value, TensorValue)
    assert unlike(drawn(plan), run_of(plan).arrays[value.key])


def test_an_argument_is_drawn_the_same_whatever_stands_beside_it() -> None:
    alone = plan_of(arguments={"x": NORMAL})
    beside = plan_of(
        arguments={"a": NORMAL, "x": NORMAL, "h": Argument(normal=[9], held=True)},
        cases=[Case(name="first"), Case(name="typical")],
    )
    assert np.array_equal(drawn(alone), drawn(beside))


def test_all_checks_of_a_case_see_the_same_numbers() -> None:
    plan = plan_of(arguments={"x": NORMAL})
    for check in ("inputs unmodified", "non-contiguous inputs", "device"):
        assert np.array_equal(drawn(plan), drawn(plan, check=check))
    for check in ("double precision", "gradients"):
        assert np.array_equal(drawn(plan), drawn(plan, check=check).astype(np.float32))


# --- dtypes, and the arrays that carry them ---


@pytest.mark.parametrize(
    ("dtype", "carrier"),
    [("float32", "float32"), ("float64", "float64"), ("float16", "float32"), ("bfloat16", "float32")],
)
def test_floats_have_the_dtype_of_the_case(dtype: str, carrier: str) -> None:
    case = Case(name="typical", dtype=dtype)  # type: ignore[arg-type]
    arguments = {"normal": NORMAL, "uniform": FOUR["uniform"], "tensor": Argument(tensor=[0.5, 1.5])}
    plan = plan_of(arguments=arguments, cases=[case], battery=NO_BATTERY)
    assert input_of(plan).dtype == dtype
    for name in arguments:
        value, array = tensor_of(plan, name)
        assert (value.dtype, array.dtype) == (dtype, np.dtype(carrier))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_whole_numbers_and_truth_values_do_not_have_the_dtype_of_the_case(dtype: str) -> None:
    case = Case(name="typical", dtype=dtype)  # type: ignore[arg-type]
    arguments = {
        "integers": FOUR["integers"],
        "boolean": FOUR["boolean"],
        "tensor": Argument(tensor=[[1, 2]]),
        "mask": Argument(tensor=[True, False]),
    }
    plan = plan_of(arguments=arguments, cases=[case], battery=NO_BATTERY)
    found = {name: tensor_of(plan, name) for name in arguments}
    assert {name: value.dtype for name, (value, _) in found.items()} == {
        "integers": "int64",
        "boolean": "bool",
        "tensor": "int64",
        "mask": "bool",
    }
    assert all(value.dtype == str(array.dtype) for value, array in found.values())


@pytest.mark.parametrize(
    ("dtype", "carrier"),
    [
        ("float32", "float32"),
        ("float16", "float32"),
        ("bfloat16", "float32"),
        ("float64", "float64"),
        ("int32", "int32"),
        ("uint8", "uint8"),
        ("bool", "bool"),
    ],
)
def test_an_argument_that_states_its_dtype_keeps_it_in_every_check(dtype: str, carrier: str) -> None:
    arguments = {"x": NORMAL, "y": Argument(integers=[5], high=2, dtype=dtype)}  # type: ignore[arg-type]
    plan = plan_of(arguments=arguments, cases=[Case(name="typical")])
    for check in ("values", "double precision", "gradients"):
        value, array = tensor_of(plan, "y", check)
        assert (value.dtype, array.dtype) == (dtype, np.dtype(carrier))


@pytest.mark.parametrize("check", ["double precision", "gradients"])
def test_double_precision_is_double_from_the_draw_to_the_parameters(check: str) -> None:
    plan = plan_of(arguments={"x": NORMAL, "y": FOUR["uniform"], "z": FOUR["integers"]})
    assert input_of(plan, check).dtype == "float64"
    for name in ("x", "y"):
        value, array = tensor_of(plan, name, check)
        assert (value.dtype, array.dtype) == ("float64", np.float64)
        assert not np.array_equal(array, array.astype(np.float32))  # not rounded on the way
    assert tensor_of(plan, "z", check)[0].dtype == "int64"


def test_a_case_in_double_precision_is_not_rounded_on_the_way() -> None:
    array = made(NORMAL, case=Case(name="typical", dtype="float64"))
    assert not np.array_equal(array, array.astype(np.float32))


def test_what_is_announced_is_what_is_sent() -> None:
    arguments = {
        **FOUR,
        "scalar": Argument(normal=[]),
        "zero": Argument(tensor=3.5),
        "nothing": Argument(normal=[0, "T"]),
    }
    plan = plan_of(
        arguments=arguments, construct={"w": NORMAL}, cases=[Case(name="a"), Case(name="b", dtype="bfloat16")]
    )
    for run in plan.runs:
        announced = [
            value
            for one in run.drive.inputs
            for value in (*one.arguments.values(), *one.construct.values())
            if isinstance(value, TensorValue)
        ]
        assert sorted(value.key for value in announced) == sorted(run.arrays)
        assert all(list(run.arrays[value.key].shape) == value.shape for value in announced)
        assert all(array.flags.c_contiguous for array in run.arrays.values())
        assert all(value.device == "cpu" for value in announced)


@pytest.mark.parametrize("kind", ["normal", "uniform", "integers", "boolean"])
def test_a_shape_without_axes_is_one_number(kind: str) -> None:
    assert made(Argument(**{kind: []})).shape == ()
    assert made(Argument(**{kind: [0]})).shape == (0,)


# --- each way of making an argument ---


def test_normal_has_its_scale_and_its_shift() -> None:
    standard = made(NORMAL)
    assert (standard.mean(), standard.std()) == (pytest.approx(0, abs=0.1), pytest.approx(1, abs=0.1))
    assert np.allclose(made(Argument(normal=[MANY], scale=3.0, shift=10.0)), 3 * standard + 10, atol=1e-5)
    assert np.allclose(made(Argument(normal=[MANY], scale=0.0, shift=-2.0)), -2)


def test_the_scale_of_a_case_multiplies_the_arguments_own_and_not_its_shift() -> None:
    argument = Argument(normal=[MANY], scale=3.0, shift=10.0)
    scaled = made(argument, case=Case(name="typical", scale=5.0))
    assert np.allclose(scaled, 15 * made(NORMAL) + 10, atol=1e-4)


@pytest.mark.parametrize("kind", ["uniform", "integers", "boolean"])
def test_the_scale_of_a_case_leaves_other_arguments_alone(kind: str) -> None:
    assert np.array_equal(made(FOUR[kind]), made(FOUR[kind], case=Case(name="typical", scale=50.0)))


def test_uniform_fills_its_interval_and_no_more() -> None:
    found = made(Argument(uniform=[MANY], low=-2, high=6))
    assert -2 <= found.min() < -1.9 and 5.9 < found.max() < 6
    assert found.mean() == pytest.approx(2, abs=0.2)
    assert made(Argument(uniform=[MANY])).min() >= 0 and made(Argument(uniform=[MANY])).max() < 1


def test_integers_reach_the_lower_bound_and_not_the_upper() -> None:
    assert set(made(Argument(integers=[MANY], low=-1, high=3)).tolist()) == {-1, 0, 1, 2}
    assert set(made(Argument(integers=[MANY])).tolist()) == {0}


def test_bounds_may_be_arithmetic_over_the_sizes_of_the_case() -> None:
    argument = Argument(integers=[MANY], low="T - 1", high="T + 2")
    assert set(made(argument, T=4).tolist()) == {3, 4, 5}
    assert set(made(argument, T=4, case=Case(name="typical", sizes={"T": 9})).tolist()) == {8, 9, 10}
    assert made(Argument(uniform=[MANY], low="T", high="2 * T"), T=5).min() >= 5
    assert made(Argument(uniform=[MANY], low="T", high="2 * T"), T=5).max() > 9


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.3, 0.9, 1.0])
def test_truth_values_are_true_with_their_probability(probability: float) -> None:
    assert made(Argument(boolean=[MANY], probability=probability)).mean() == pytest.approx(probability, abs=0.05)


def test_truth_values_are_true_in_three_of_ten_where_nothing_is_said() -> None:
    assert made(Argument(boolean=[MANY])).mean() == pytest.approx(0.3, abs=0.05)


def test_a_tensor_has_its_elements_whatever_the_seed_and_the_case() -> None:
    argument = Argument(tensor=[[0.5, -1.0], [2.0, 1e-3]])
    for seed in (1, 2):
        found = made(argument, seed=seed, case=Case(name="typical", scale=9.0))
        assert np.array_equal(found, np.array([[0.5, -1.0], [2.0, 1e-3]], np.float32))


@pytest.mark.parametrize("value", [None, True, 0, 3, -1.5, "sum", [1, [2, "x"]]])
def test_a_plain_value_is_passed_as_it_is(value: object) -> None:
    found = value_of(Argument(value=value))
    assert isinstance(found, PlainValue)
    assert (type(found.value), found.value) == (type(value), value)


def test_a_size_is_a_whole_number_of_the_case() -> None:
    assert value_of(Argument(size="2 * T + 1"), T=4) == PlainValue(9)
    assert value_of(Argument(size=7)) == PlainValue(7)
    plan = plan_of(arguments={"n": Argument(size="T")}, cases=[Case(name="typical", sizes={"T": 8})])
    assert input_of(plan).arguments["n"] == PlainValue(8)


# --- held, omitted, by keyword ---

MIXED = {
    "x": Argument(normal=["B"]),
    "label": Argument(integers=["B"], high=5, held=True),
    "eps": Argument(omit=True),
    "dim": Argument(value=-1),
    "mask": Argument(boolean=["B"]),
}


def test_held_and_omitted_arguments_do_not_travel_and_the_others_keep_their_order() -> None:
    plan = plan_of(arguments=MIXED)
    for run in plan.runs:
        for one in run.drive.inputs:
            assert list(one.arguments) == ["x", "dim", "mask"]
        assert not any("label" in key for key in run.arrays)


def test_arguments_behind_an_omitted_one_go_by_keyword() -> None:
    assert input_of(plan_of(arguments=MIXED)).keywords == ["dim", "mask"]
    without = {name: argument for name, argument in MIXED.items() if name != "eps"}
    assert input_of(plan_of(arguments=without)).keywords == []


def test_an_argument_goes_by_keyword_where_it_says_so_and_the_next_by_position() -> None:
    arguments = {"x": NORMAL, "dim": Argument(value=1, keyword=True), "y": NORMAL}
    assert input_of(plan_of(arguments=arguments)).keywords == ["dim"]


def test_a_held_argument_is_no_keyword() -> None:
    arguments = {"eps": Argument(omit=True), "label": Argument(normal=[2], held=True, keyword=True), "x": NORMAL}
    assert input_of(plan_of(arguments=arguments)).keywords == ["x"]


def test_arguments_of_the_constructor_go_by_keyword_by_the_same_rule() -> None:
    construct = {"width": Argument(value=4), "bias": Argument(omit=True), "eps": Argument(value=0.1)}
    one = input_of(plan_of(construct=construct))
    assert (list(one.construct), one.construct_keywords) == (["width", "eps"], ["eps"])
    assert (list(one.arguments), one.keywords) == (["x"], [])


def test_a_case_may_give_what_others_omit_and_omit_what_others_give() -> None:
    arguments = {"x": NORMAL, "eps": Argument(omit=True), "dim": Argument(value=-1)}
    given = Case(name="given", arguments={"eps": Argument(value=0.5)})
    left = Case(name="left", arguments={"dim": Argument(omit=True)})
    plan = plan_of(arguments=arguments, cases=[Case(name="typical"), given, left])
    assert input_of(plan, case="given").arguments["eps"] == PlainValue(0.5)
    assert input_of(plan, case="given").keywords == []
    assert list(input_of(plan, case="given").arguments) == ["x", "eps", "dim"]
    assert list(input_of(plan, case="left").arguments) == ["x"]
    assert input_of(plan).keywords == ["dim"]


def test_held_arguments_are_kept_by_name_for_the_judge_in_each_case() -> None:
    plan = plan_of(arguments=MIXED, cases=[Case(name="typical"), Case(name="large", sizes={"B": 50})])
    small, large = run_of(plan).cases
    assert (list(small.held), small.held["label"].shape) == (["label"], (2,))
    assert (list(large.held), large.held["label"].shape) == (["label"], (50,))
    assert large.held["label"].dtype == np.int64 and set(large.held["label"].tolist()) <= set(range(5))
    again, other = (run_of(plan_of(seed, arguments=MIXED, sizes={"B": 50})).cases[0].held["label"] for seed in (1, 2))
    assert np.array_equal(again, run_of(plan_of(arguments=MIXED, sizes={"B": 50})).cases[0].held["label"])
    assert not np.array_equal(again, other)


# --- what the judge is told of a case ---


def test_how_large_a_case_is_counts_every_tensor_that_is_sent_and_no_other() -> None:
    construct = {"w": Argument(normal=[3, 5])}
    (case,) = run_of(plan_of(arguments=MIXED, construct=construct)).cases
    assert case.elements == 2 + 2 + 15  # x, mask, w


def test_the_judge_gets_what_is_sent_by_name_without_the_constructors_arguments() -> None:
    plan = plan_of(arguments=MIXED, construct={"w": NORMAL, "x": NORMAL})
    (case,) = run_of(plan).cases
    assert list(case.sent) == ["x", "mask"]
    assert np.array_equal(case.sent["x"], drawn(plan))


def test_sizes_that_no_argument_depends_on_are_not_told() -> None:
    sizes = {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5, "F": 6, "G": 7}
    arguments = {
        "x": Argument(normal=["B", 9]),
        "n": Argument(size="D + 1"),
        "i": Argument(integers=[2], low="A", high="2 * C"),
    }
    checks = [Check(name="values", compare="values"), Check(name="fewer", compare="values", arguments={"x": NORMAL})]
    plan = plan_of(arguments=arguments, construct={"w": Argument(uniform=["F"])}, sizes=sizes, checks=checks)
    assert run_of(plan).cases[0].words.en == "typical (A = 1, B = 2, C = 3, D = 4, F = 6)"
    assert run_of(plan, "fewer").cases[0].words.en == "typical (F = 6)"


def test_a_maker_counts_what_it_made() -> None:
    maker = Maker(1, Case(name="typical"), {"B": 2, "T": 3, "Z": 9})
    maker.arguments({"x": Argument(normal=["B", "T"]), "h": Argument(normal=["T"], held=True)}, "argument")
    assert (maker.elements, list(maker.held), maker.letters) == (6, ["h"], {"B", "T"})
    maker.arguments({"w": Argument(normal=["T"])}, "construct")
    assert (maker.elements, list(maker.arguments_sent)) == (9, ["x"])
