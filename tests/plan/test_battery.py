"""Which checks of the battery fit a question, on which cases, and what they ask."""

from __future__ import annotations

import pytest

from grader.plan import Plan
from grader.plan.battery import battery_checks
from grader.question.conditions import conditions_of
from grader.question.types import Argument, Battery, Case, Check, Criterion
from grader.text import Text
from tests.plan.made_up import ALL_OF_THE_BATTERY, check_of, input_of, plan_of, question, run_of

NAMES = {
    "unmodified": "inputs unmodified",
    "float64": "double precision",
    "noncontiguous": "non-contiguous inputs",
    "gradients": "gradients",
    "device": "device",
    "training_mode": "training mode",
}
OF_TENSORS = ["inputs unmodified", "non-contiguous inputs", "device"]
OF_FLOATS = ["inputs unmodified", "double precision", "non-contiguous inputs", "gradients", "device"]
OF_MODULES = [*OF_FLOATS, "training mode"]

FLOATS = Argument(normal=["B"])
WHOLE = Argument(integers=["B"], high=9)
PLAIN = Argument(value=3)


def _names(**more: object) -> list[str]:
    """Of the checks that the battery adds."""
    return [check.name for check, _ in battery_checks(question(**more))]


def _rules(**more: object) -> list[Text]:
    """What a prompt need not say again."""
    return [condition.rule for condition in conditions_of(question(**more))]


def _added(plan: Plan) -> list[str]:
    return [check.name for check in plan.checks if check.name in NAMES.values()]


# --- which fit ---


@pytest.mark.parametrize(
    ("argument", "names"),
    [
        (Argument(normal=["B"]), OF_FLOATS),
        (Argument(uniform=["B"]), OF_FLOATS),
        (Argument(integers=["B"]), OF_TENSORS),
        (Argument(boolean=["B"]), OF_TENSORS),
        (Argument(tensor=[1.5, 2.0]), OF_FLOATS),
        (Argument(tensor=[[1, 2], [3, 0.5]]), OF_FLOATS),
        (Argument(tensor=[[1, 2], [3, 4]]), OF_TENSORS),
        (Argument(tensor=[True, False]), OF_TENSORS),
        (Argument(tensor=0.5), OF_FLOATS),
        (Argument(integers=["B"], dtype="float32"), OF_FLOATS),
        (Argument(integers=["B"], dtype="bfloat16"), OF_FLOATS),
        (Argument(normal=["B"], dtype="int32"), OF_TENSORS),
        (Argument(value=0.5), []),
        (Argument(size="B"), []),
        (Argument(omit=True), []),
    ],
)
def test_what_a_function_is_given_decides_what_it_is_checked_for(argument: Argument, names: list[str]) -> None:
    assert _names(arguments={"x": argument}) == names
    assert _names(arguments={"n": PLAIN, "x": argument}) == names


def test_one_floating_tensor_among_others_is_enough() -> None:
    assert _names(arguments={"n": PLAIN, "i": WHOLE, "x": FLOATS}) == OF_FLOATS


def test_what_is_held_is_not_given() -> None:
    held = Argument(normal=["B"], held=True)
    assert _names(arguments={"h": held}) == []
    assert _names(arguments={"h": held, "i": WHOLE}) == OF_TENSORS


def test_a_module_has_parameters_whatever_it_is_given() -> None:
    assert _names(construct={}) == OF_MODULES
    assert _names(construct={}, arguments={"i": WHOLE}) == OF_MODULES
    assert _names(construct={}, arguments={"n": PLAIN}) == ["double precision", "gradients", "training mode"]


@pytest.mark.parametrize("more", [{"entry": None}, {"cases": []}, {"arguments": {}}])
def test_without_entry_cases_or_arguments_there_is_no_battery(more: dict[str, object]) -> None:
    assert _names(**more) == []
    assert _rules(**more) == []


def test_gradients_that_a_question_checks_by_itself_are_not_checked_twice() -> None:
    own = Check(name="grads", probe="gradients", compare="values")
    of_the_entry = Check(name="grads", probe="gradients", compare="values", entry="f")
    of_another = Check(name="grads", probe="gradients", compare="values", entry="g")
    without = [name for name in OF_FLOATS if name != "gradients"]
    assert _names(checks=[own]) == without
    assert _names(checks=[of_the_entry]) == without
    assert _names(checks=[of_another]) == OF_FLOATS


@pytest.mark.parametrize("kind", ALL_OF_THE_BATTERY)
def test_each_can_be_left_out_alone(kind: str) -> None:
    names = _names(construct={}, battery=Battery(skip={kind: "the reason"}))
    assert names == [name for name in OF_MODULES if name != NAMES[kind]]


# --- what they ask ---


def test_the_battery_comes_after_the_questions_own_checks() -> None:
    plan = plan_of(construct={}, checks=[Check(name="a", compare="shape"), Check(name="z", compare="values")])
    assert [check.name for check in plan.checks] == ["a", "z", *OF_MODULES]


def test_each_is_worth_what_the_battery_says() -> None:
    for points in (1, 4):
        plan = plan_of(
            construct={}, battery=Battery(points=points), checks=[Check(name="values", compare="values", points=9)]
        )
        assert {check_of(plan, name).points for name in OF_MODULES} == {points}


def test_inputs_and_devices_are_compared_exactly_and_results_by_their_values() -> None:
    plan = plan_of(construct={})
    assert {name: check_of(plan, name).compare for name in OF_MODULES} == {
        "inputs unmodified": "exact",
        "double precision": "values",
        "non-contiguous inputs": "values",
        "gradients": "values",
        "device": "exact",
        "training mode": "values",
    }
    assert all(check_of(plan, name).criterion is None for name in OF_MODULES)
    assert not any(check_of(plan, name).nan_equal for name in OF_MODULES)


@pytest.mark.parametrize(
    ("name", "probe", "dtype", "mode", "layout"),
    [
        ("values", "call", "float32", "eval", "contiguous"),
        ("inputs unmodified", "unmodified", "float32", "eval", "contiguous"),
        ("double precision", "call", "float64", "eval", "contiguous"),
        ("non-contiguous inputs", "call", "float32", "eval", "gaps"),
        ("gradients", "gradients", "float64", "eval", "contiguous"),
        ("device", "device", "float32", "eval", "contiguous"),
        ("training mode", "call", "float32", "train", "contiguous"),
    ],
)
def test_what_is_run_for_each(name: str, probe: str, dtype: str, mode: str, layout: str) -> None:
    drive = run_of(plan := plan_of(construct={}), name).drive
    assert (drive.probe, drive.mode, drive.layout) == (probe, mode, layout)
    assert input_of(plan, name).dtype == dtype
    assert (drive.entry, drive.constructs) == ("f", True)


@pytest.mark.parametrize("name", ["double precision", "gradients"])
def test_in_double_precision_a_constant_from_a_float32_tensor_is_exact_enough_and_half_precision_is_not(
    name: str,
) -> None:
    tolerance = check_of(plan_of(), name).tolerance
    assert tolerance is not None
    float32, bfloat16 = 2.0**-24, 2.0**-9  # how far rounding may go, relative
    assert 2 * float32 < tolerance.rtol < bfloat16 / 100
    assert tolerance.atol < bfloat16 / 100


@pytest.mark.parametrize("name", [name for name in OF_MODULES if name not in ("double precision", "gradients")])
def test_elsewhere_the_tolerance_is_that_of_the_dtype(name: str) -> None:
    assert check_of(plan_of(construct={}), name).tolerance is None


# --- on which cases ---

CASES = [
    Case(name="half", dtype="bfloat16"),
    Case(name="small"),
    Case(name="float16", dtype="float16"),
    Case(name="large", sizes={"T": 9}),
    Case(name="double", dtype="float64"),
]


def _cases(plan: Plan, name: str) -> list[str]:
    return [one.name for one in run_of(plan, name).drive.inputs]


def test_most_run_on_all_cases() -> None:
    plan = plan_of(construct={}, cases=CASES)
    for name in ("values", "inputs unmodified", "non-contiguous inputs", "training mode"):
        assert _cases(plan, name) == ["half", "small", "float16", "large", "double"]


def test_double_precision_and_its_gradients_run_on_ordinary_cases_only() -> None:
    """A case of another dtype asks for that dtype; doubled it would be another case."""
    plan = plan_of(construct={}, cases=CASES)
    assert _cases(plan, "double precision") == ["small", "large"]
    assert _cases(plan, "gradients") == ["small", "large"]


def test_the_device_is_looked_at_in_the_first_case() -> None:
    assert _cases(plan_of(cases=CASES), "device") == ["half"]
    assert _cases(plan_of(cases=CASES, battery=Battery(cases=["large", "small"])), "device") == ["small"]


def test_the_battery_runs_on_the_cases_that_a_spec_names() -> None:
    plan = plan_of(construct={}, cases=CASES, battery=Battery(cases=["large", "half"]))
    assert _cases(plan, "values") == ["half", "small", "float16", "large", "double"]
    assert _cases(plan, "inputs unmodified") == ["half", "large"]
    assert _cases(plan, "double precision") == ["large"]


def test_a_case_with_a_scale_and_arguments_of_its_own_is_ordinary() -> None:
    cases = [Case(name="typical", scale=40.0, arguments={"x": Argument(tensor=[1.0])})]
    assert _cases(plan_of(cases=cases), "gradients") == ["typical"]


# --- what must pass first ---


def _needed(*checks: Check) -> set[tuple[str, ...]]:
    plan = plan_of(construct={}, checks=list(checks))
    return {check_of(plan, name).needs for name in _added(plan)}


SHAPE, VALUES, EXACT = (
    Check(name=f"the {compare}", compare=compare)  # type: ignore[arg-type]
    for compare in ("shape", "values", "exact")
)
BOUND = Check(name="the bound", criterion=Criterion(kind="bound", low=0.0))
PARAMETERS = Check(name="the parameters", probe="parameters", compare="exact")


@pytest.mark.parametrize(
    ("checks", "needed"),
    [
        ((SHAPE, VALUES), "the values"),
        ((EXACT, VALUES), "the values"),
        ((SHAPE, EXACT), "the exact"),
        ((BOUND, SHAPE), "the shape"),
        ((BOUND,), "the bound"),
        ((PARAMETERS, SHAPE), "the shape"),
        ((PARAMETERS, BOUND), "the bound"),
        ((PARAMETERS,), "the parameters"),
        ((VALUES, Check(name="more values", compare="values")), "the values"),
    ],
)
def test_the_check_that_says_the_most_must_pass_first(checks: tuple[Check, ...], needed: str) -> None:
    assert _needed(*checks) == {(needed,)}


def test_where_there_is_no_other_check_nothing_must_pass_first() -> None:
    assert _needed() == {()}


# --- in words ---


def test_every_check_of_the_battery_has_its_rule_in_the_same_order() -> None:
    assert [rule.en for rule in _rules(construct={})] == [
        "the inputs stay as they are",
        "float64 in gives float64 out",
        "inputs need not be contiguous in memory",
        "gradients flow back",
        "new tensors are made on the device of the inputs",
        "the result is the same in training mode",
    ]


@pytest.mark.parametrize("kind", ALL_OF_THE_BATTERY)
def test_what_is_not_checked_is_not_told(kind: str) -> None:
    all_of_them = _rules(construct={})
    rules = _rules(construct={}, battery=Battery(skip={kind: "the reason"}))  # type: ignore[dict-item]
    assert rules == [rule for place, rule in enumerate(all_of_them) if place != ALL_OF_THE_BATTERY.index(kind)]


def test_a_rule_is_told_in_both_languages() -> None:
    for rule in _rules(construct={}):
        assert rule.en.isascii()
        assert not rule.zh.isascii()
