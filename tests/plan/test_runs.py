"""Which checks share a run, and what a worker is told to do for each."""

from __future__ import annotations

import numpy as np
import pytest

from grader import wire
from grader.plan import Plan
from grader.question.types import Argument, Call, Case, Check, Criterion, Tolerance
from grader.text import untranslated
from grader.wire import PlainValue
from tests.plan.made_up import NO_BATTERY, check_of, drawn, input_of, plan_of, run_of

FLOATS = Argument(normal=["B"])
CASES = [Case(name="typical"), Case(name="long", sizes={"B": 7}), Case(name="wide", scale=9.0)]


def _plan(*checks: Check, **more: object) -> Plan:
    return plan_of(**{"checks": list(checks), "cases": CASES, "battery": NO_BATTERY, **more})


def _values(name: str = "values", **more: object) -> Check:
    return Check(name=name, **{"compare": "values", **more})  # type: ignore[arg-type]


def _cases(plan: Plan, check: str) -> list[str]:
    return [one.name for one in run_of(plan, check).drive.inputs]


# --- sharing ---


def test_checks_that_only_look_differently_share_one_run() -> None:
    plan = _plan(
        _values("a", compare="shape"),
        _values("b", compare="exact", points=7, needs="a"),
        _values("c", tolerance=Tolerance(rtol=0.1, atol=0.1), nan_equal=True),
        _values("d", compare=None, criterion=Criterion(kind="bound", low=0.0)),
        _values("e", title=untranslated("title"), show="curve"),
        _values("f", entry="f"),
        _values("g", cases=["wide", "typical", "long"]),
    )
    assert [check.run for check in plan.checks] == [0] * 7
    assert len(plan.runs) == 1


OTHERWISE = {
    "probe": {"probe": "gradients"},
    "entry": {"entry": "g"},
    "cases": {"cases": ["typical"]},
    "mode": {"mode": "train"},
    "arguments": {"arguments": {"x": Argument(normal=["B", 2])}},
    "more arguments": {"arguments": {"x": Argument(normal=["B", "T"]), "y": FLOATS}},
    "a value": {"arguments": {"x": Argument(normal=["B", "T"]), "n": Argument(value=2)}},
    "another dtype": {"arguments": {"x": Argument(normal=["B", "T"], dtype="float16")}},
    "by keyword": {"arguments": {"x": Argument(normal=["B", "T"], keyword=True)}},
    "held": {"arguments": {"x": Argument(normal=["B", "T"]), "h": Argument(normal=["B"], held=True)}},
    "construct": {"construct": {}},
    "constructor's arguments": {"construct": {"w": FLOATS}},
    "calls": {"calls": [Call(arguments=["x"])]},
    "double precision": {"probe": "float64"},
    "gaps in memory": {"probe": "noncontiguous"},
}


@pytest.mark.parametrize("what", OTHERWISE)
def test_checks_that_run_otherwise_have_runs_of_their_own(what: str) -> None:
    plan = _plan(_values(), _values("otherwise", **OTHERWISE[what]), _values("again"))
    assert [check.run for check in plan.checks] == [0, 1, 0]
    assert len(plan.runs) == 2


def test_no_two_of_them_are_alike() -> None:
    plan = _plan(*(_values(name, **more) for name, more in OTHERWISE.items()))
    assert [check.run for check in plan.checks] == list(range(len(OTHERWISE)))


def test_a_check_with_held_arguments_finds_them_behind_one_without() -> None:
    criterion = Criterion(kind="mean_squared_error", against="image", high=1.0)
    held = {"x": FLOATS, "image": Argument(normal=["B"], held=True)}
    without = _values("without", arguments={"x": FLOATS})
    judged = _values("judged", compare=None, criterion=criterion, arguments=held)
    for plan in (_plan(without, judged), _plan(judged, without)):
        assert all(list(case.held) == ["image"] for case in run_of(plan, "judged").cases)
        assert all(list(case.held) == [] for case in run_of(plan, "without").cases)


def test_checks_that_hold_other_arguments_have_each_their_own() -> None:
    def holding(name: str) -> Check:
        arguments = {"x": FLOATS, name: Argument(normal=["B"], held=True)}
        return _values(name, compare=None, criterion=Criterion(kind="psnr", against=name), arguments=arguments)

    plan = _plan(holding("one"), holding("other"))
    for name in ("one", "other"):
        assert all(list(case.held) == [name] for case in run_of(plan, name).cases)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_held_in_one_case_alone_makes_a_run_of_its_own(place: int) -> None:
    held = {"h": Argument(normal=["B"], held=True)}
    cases = [Case(name=name, arguments=held if "abc".index(name) == place else {}) for name in "abc"]
    checks = [_values(arguments={"x": FLOATS}), _values("held", arguments={"x": FLOATS, "h": Argument(omit=True)})]
    plan = _plan(*checks, cases=cases)
    assert [bool(case.held) for case in run_of(plan, "held").cases] == [name == "abc"[place] for name in "abc"]
    assert not any(case.held for case in run_of(plan).cases)


def test_a_case_may_hold_what_the_others_omit() -> None:
    held = {"h": Argument(normal=["B"], held=True)}
    cases = [Case(name="a", arguments=held), Case(name="b")]
    plan = _plan(_values(), cases=cases, arguments={"h": Argument(omit=True), "x": FLOATS})
    assert [list(case.held) for case in run_of(plan).cases] == [["h"], []]


def test_the_battery_shares_what_it_can_with_the_questions_own_checks() -> None:
    plan = plan_of(checks=[_values(), _values("in training", mode="train")], construct={})
    assert check_of(plan, "in training").run == check_of(plan, "training mode").run
    assert check_of(plan, "values").run != check_of(plan, "non-contiguous inputs").run


# --- numbers ---


def test_runs_are_numbered_in_the_order_of_the_checks_that_first_need_them() -> None:
    plan = _plan(
        _values("a"), _values("b", mode="train"), _values("c"), _values("d", entry="g"), _values("e", mode="train")
    )
    assert [check.run for check in plan.checks] == [0, 1, 0, 2, 1]
    assert [run_of(plan, name).drive.mode for name in "abcde"] == ["eval", "train", "eval", "eval", "train"]


def test_every_request_has_a_number_of_its_own_above_those_of_loading() -> None:
    plan = plan_of(construct={})
    numbers = [run.drive.request for run in plan.runs]
    assert numbers == list(range(numbers[0], numbers[0] + len(plan.runs)))
    assert numbers[0] >= 10
    assert max(numbers) < 100_000  # where those of the ground truth begin


def test_two_plans_of_one_seed_are_equal_to_the_byte_and_another_seed_gives_another() -> None:
    def frames(seed: int) -> list[bytes]:
        plan = plan_of(seed, construct={"w": FLOATS}, cases=CASES)
        return [wire.encode(run.drive, run.arrays) for run in plan.runs]

    assert frames(1) == frames(1)
    assert not set(frames(1)) & set(frames(2))


def test_a_request_survives_its_way() -> None:
    for run in plan_of(construct={"w": FLOATS}, cases=CASES).runs:
        frame = wire.encode(run.drive, run.arrays)
        header, body = wire.lengths(frame[: wire.PREFIX.size])
        assert wire.decode_request(frame[wire.PREFIX.size : wire.PREFIX.size + header]) == run.drive
        arrays = wire.decode_tensors(frame[-body:])
        assert all(np.array_equal(arrays[key], array) for key, array in run.arrays.items())
        assert arrays.keys() == run.arrays.keys()


def test_the_plan_knows_its_question_and_its_seed() -> None:
    plan = plan_of(17, id="another")
    assert (plan.seed, plan.question.id) == (17, "another")


# --- what a check says is what is planned ---


def test_what_a_check_says_of_judging_is_kept() -> None:
    criterion, tolerance = Criterion(kind="bound", low=0.0), Tolerance(rtol=0.5, atol=0.25)
    check = check_of(
        _plan(
            _values("shape", compare="shape"),
            _values("all", points=5, needs=["shape"], tolerance=tolerance, nan_equal=True, show="image"),
            _values("criterion", compare=None, criterion=criterion, needs="shape"),
        ),
        "all",
    )
    assert (check.points, check.needs, check.compare) == (5, ("shape",), "values")
    assert (check.tolerance, check.nan_equal, check.show, check.criterion) == (tolerance, True, "image", None)


def test_a_criterion_and_needs_of_one_word_are_kept() -> None:
    criterion = Criterion(kind="bound", low=0.0)
    plan = _plan(_values("shape", compare="shape"), _values("c", compare=None, criterion=criterion, needs="shape"))
    assert (check_of(plan, "c").criterion, check_of(plan, "c").compare) == (criterion, None)
    assert check_of(plan, "c").needs == ("shape",)
    assert check_of(plan, "shape").needs == ()


@pytest.mark.parametrize(
    ("check", "planned"),
    [
        ({}, ("call", "f", False, "eval")),
        ({"probe": "gradients"}, ("gradients", "f", False, "eval")),
        ({"probe": "repeat", "mode": "train"}, ("repeat", "f", False, "train")),
        ({"probe": "steps"}, ("steps", "f", False, "eval")),
        ({"entry": "g"}, ("call", "g", False, "eval")),
        ({"entry": "Net", "construct": {}}, ("call", "Net", True, "eval")),
        ({"construct": {"w": FLOATS}}, ("call", "f", True, "eval")),
        ({"function": True}, ("call", "f", False, "eval")),
    ],
)
def test_a_worker_is_told_probe_entry_and_mode(check: dict[str, object], planned: tuple[object, ...]) -> None:
    drive = run_of(_plan(_values(**check))).drive
    assert (drive.probe, drive.entry, drive.constructs, drive.mode) == planned


def test_in_a_question_of_a_class_a_check_of_a_function_constructs_nothing() -> None:
    checks = [_values(), _values("helper", entry="helper", function=True), _values("Other", entry="Other")]
    plan = _plan(*checks, construct={"width": Argument(value=4)})
    assert [run_of(plan, name).drive.constructs for name in ("values", "helper", "Other")] == [True, False, True]
    assert [list(input_of(plan, name).construct) for name in ("values", "helper", "Other")] == [
        ["width"],
        [],
        ["width"],
    ]


@pytest.mark.parametrize("fill", ["named", "ordered", "none"])
def test_how_parameters_are_filled_is_the_questions(fill: str) -> None:
    plan = plan_of(fill=fill, construct={})
    assert {run.drive.fill for run in plan.runs} == {fill}


def test_the_device_and_the_ground_truth_are_not_the_plans() -> None:
    """The session asks for them."""
    assert {(run.drive.device, run.drive.float64) for run in plan_of(construct={}).runs} == {("cpu", False)}


def test_the_steps_of_a_sequence_are_told_in_order() -> None:
    calls = [Call(arguments=["x", "y"]), Call(arguments=["y"], method="step"), Call(arguments=[], method="reset")]
    plan = _plan(_values(probe="sequence", calls=calls), arguments={"x": FLOATS, "y": FLOATS}, construct={})
    assert run_of(plan).drive.probe == "sequence"
    assert [(step.method, step.arguments) for step in run_of(plan).drive.calls] == [
        ("__call__", ["x", "y"]),
        ("step", ["y"]),
        ("reset", []),
    ]
    assert run_of(_plan(_values())).drive.calls == []


# --- overrides ---


def test_a_check_runs_on_its_own_cases_in_the_order_of_the_question() -> None:
    plan = _plan(_values(cases=["wide", "typical"]), _values("all"))
    assert _cases(plan, "values") == ["typical", "wide"]
    assert [case.name for case in run_of(plan).cases] == ["typical", "wide"]
    assert _cases(plan, "all") == ["typical", "long", "wide"]


def test_the_arguments_of_a_check_replace_those_of_the_question() -> None:
    plan = _plan(_values(), _values("other", arguments={"y": Argument(normal=["T"])}), _values("none", arguments={}))
    assert list(input_of(plan).arguments) == ["x"]
    assert list(input_of(plan, "other").arguments) == ["y"]
    assert input_of(plan, "none").arguments == {}


def test_the_constructors_arguments_of_a_check_replace_those_of_the_question() -> None:
    checks = [_values(), _values("wider", construct={"width": Argument(value=8)}), _values("bare", construct={})]
    plan = _plan(*checks, construct={"width": Argument(value=4)})
    assert input_of(plan).construct == {"width": PlainValue(4)}
    assert input_of(plan, "wider").construct == {"width": PlainValue(8)}
    assert input_of(plan, "bare").construct == {}
    assert run_of(plan, "bare").drive.constructs


def test_a_case_overrides_one_argument_and_leaves_the_others_and_the_other_cases() -> None:
    cases = [Case(name="typical"), Case(name="odd", arguments={"n": Argument(value=7)})]
    plan = _plan(_values(), arguments={"x": FLOATS, "n": Argument(value=1)}, cases=cases)
    assert input_of(plan).arguments["n"] == PlainValue(1)
    assert input_of(plan, case="odd").arguments["n"] == PlainValue(7)
    assert list(input_of(plan, case="odd").arguments) == ["x", "n"]


def test_a_case_overrides_the_arguments_of_a_check_as_well() -> None:
    cases = [Case(name="odd", arguments={"n": Argument(value=7)}, construct={"w": Argument(value=3)})]
    check = _values(arguments={"n": Argument(value=2), "x": FLOATS}, construct={"w": Argument(value=2)})
    one = input_of(_plan(check, cases=cases), case="odd")
    assert list(one.arguments) == ["n", "x"]
    assert (one.arguments["n"], one.construct["w"]) == (PlainValue(7), PlainValue(3))


def test_a_case_adds_no_argument_to_a_check_that_has_none_of_that_name() -> None:
    cases = [Case(name="odd", arguments={"n": Argument(value=7)}, construct={"w": Argument(value=3)})]
    one = input_of(_plan(_values(arguments={"x": FLOATS}, construct={}), cases=cases), case="odd")
    assert (list(one.arguments), one.construct) == (["x"], {})


def test_a_case_overrides_the_constructors_arguments_in_its_own_turn_only() -> None:
    cases = [Case(name="typical"), Case(name="biased", construct={"bias": Argument(value=True)})]
    plan = _plan(_values(), construct={"width": Argument(value=4), "bias": Argument(value=False)}, cases=cases)
    assert input_of(plan).construct == {"width": PlainValue(4), "bias": PlainValue(False)}
    assert input_of(plan, case="biased").construct == {"width": PlainValue(4), "bias": PlainValue(True)}


def test_sizes_of_a_case_reach_arguments_constructor_and_held_ones() -> None:
    arguments = {"x": FLOATS, "h": Argument(normal=["B"], held=True)}
    plan = _plan(_values(), arguments=arguments, construct={"n": Argument(size="B")})
    assert [array.shape for array in run_of(plan).arrays.values()] == [(2,), (7,), (2,)]
    assert [case.held["h"].shape for case in run_of(plan).cases] == [(2,), (7,), (2,)]
    assert [one.construct["n"] for one in run_of(plan).drive.inputs] == [PlainValue(2), PlainValue(7), PlainValue(2)]


def test_every_case_of_a_run_has_its_own_arrays() -> None:
    plan = _plan(_values(), arguments={"x": Argument(normal=[100]), "y": Argument(normal=[100])})
    arrays = run_of(plan).arrays
    assert len(arrays) == 6
    for case in ("typical", "long", "wide"):
        (planned,) = (one for one in run_of(plan).cases if one.name == case)
        for name in ("x", "y"):
            assert np.array_equal(planned.sent[name], drawn(plan, name, case=case))


# --- what a submission must define ---


@pytest.mark.parametrize(
    ("more", "functions", "classes"),
    [
        ({}, ("f",), ()),
        ({"construct": {}}, (), ("f",)),
        ({"entry": None, "checks": [_values(entry="g"), _values("n", entry="Net", construct={})]}, ("g",), ("Net",)),
        ({"checks": [_values(), _values("again", entry="f")]}, ("f",), ()),
        ({"checks": [_values("a", entry="g"), _values("b", entry="g"), _values("c", entry="h")]}, ("f", "g", "h"), ()),
        ({"construct": {}, "checks": [_values(), _values("g", entry="g", function=True)]}, ("g",), ("f",)),
        ({"construct": {}, "checks": [_values(), _values("N", entry="Net")]}, (), ("f", "Net")),
        ({"checks": [_values("c", entry="Net", construct={"w": FLOATS})]}, ("f",), ("Net",)),
    ],
)
def test_what_a_submission_must_define(
    more: dict[str, object], functions: tuple[str, ...], classes: tuple[str, ...]
) -> None:
    plan = plan_of(battery=NO_BATTERY, **more)
    assert (plan.functions, plan.classes) == (functions, classes)


# --- gradients of a right result ---


@pytest.mark.parametrize(
    ("check", "right"),
    [
        ({"probe": "gradients", "needs": "values"}, True),
        ({"probe": "gradients", "needs": ["shape", "values"]}, True),
        ({"probe": "gradients", "needs": ["exact"]}, True),
        ({"probe": "gradients", "needs": ["shape"]}, False),
        ({"probe": "gradients", "needs": "bound"}, False),
        ({"probe": "gradients"}, False),
        ({"probe": "call", "needs": "values"}, False),
    ],
)
def test_gradients_are_those_of_a_right_result_where_a_check_of_values_had_to_pass(
    check: dict[str, object], right: bool
) -> None:
    before = [
        _values("shape", compare="shape"),
        _values("values"),
        _values("exact", compare="exact"),
        _values("bound", compare=None, criterion=Criterion(kind="bound", low=0.0)),
    ]
    assert check_of(_plan(*before, _values("last", **check)), "last").of_a_right_result is right


def test_gradients_of_the_battery_are_those_of_a_right_result_where_values_are_compared() -> None:
    assert check_of(plan_of(), "gradients").of_a_right_result
    assert not check_of(plan_of(checks=[_values("shape", compare="shape")]), "gradients").of_a_right_result
    for name in ("double precision", "inputs unmodified", "device"):
        assert not check_of(plan_of(), name).of_a_right_result
