"""The verdict of a check, the case that is shown, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from grader.judge.checking import judge_check, not_run, passing, ran_out_of_memory, stopped
from grader.judge.compare import Expected
from grader.observed import Leaf, Observed, Tensor, Values
from grader.plan import PlannedCase, PlannedCheck
from grader.question.types import Criterion, Tolerance
from grader.result import CheckResult
from grader.text import Text, untranslated
from grader.verdict import Verdict
from grader.wire import ObjectValue, PlainValue, Raised

RIGHT = (1.0, 2.0, 3.0, 4.0, 5.0)
NOISE = (7.0, -1.0, 0.25, 9.0, -3.0)  # of which no structural hint holds
ATOL = 1e-5  # of float32; near zero it is all that is allowed
VALUE_ERROR = Raised(["ValueError", "Exception", "BaseException", "object"], "no such dim", 3, "line 3, in f")


def _check(**more: object) -> PlannedCheck:
    settings: dict[str, object] = {
        "name": "values",
        "title": Text(en="Values", zh="数值"),
        "run": 0,
        "points": 3,
        "needs": (),
        "compare": "values",
        "criterion": None,
        "tolerance": None,
        "nan_equal": False,
        "show": "difference",
    }
    return PlannedCheck(**{**settings, **more})  # type: ignore[arg-type]


def _case(name: str = "only case", elements: int = 5, **more: object) -> PlannedCase:
    settings: dict[str, object] = {"words": Text(en=name, zh=f"用例 {name}"), "sent": {}, "held": {}}
    return PlannedCase(name=name, elements=elements, **{**settings, **more})  # type: ignore[arg-type]


def _tensor(numbers: object, dtype: str = "float32", device: str = "cpu") -> Tensor:
    carrier = "float32" if dtype in ("float16", "bfloat16") else dtype
    return Tensor(np.asarray(numbers, carrier), dtype, device)


def _values(structure: str = "tensor", **leaves: Leaf) -> Values:
    return Values(leaves, structure)


def _output(*numbers: float, dtype: str = "float32", device: str = "cpu") -> Values:
    return _values(output=_tensor(numbers, dtype, device))


def _plain(value: object) -> Values:
    return _values("plain", output=PlainValue(value))  # type: ignore[arg-type]


def _raised(*types: str, message: str = "told", line: int | None = 3) -> Raised:
    return Raised([*types, "Exception", "BaseException", "object"], message, line, "the frames")


def _judge(
    got: Observed,
    wanted: Observed,
    truth: Observed | None = None,
    case: PlannedCase | None = None,
    **check: object,
) -> CheckResult:
    """One case; without a truth of its own the reference is exact."""
    expected = Expected(wanted, truth or wanted)
    result = judge_check(_check(**check), [case or _case()], [got], [expected])
    accepted = passing(_check(**check), [case or _case()], [got], [expected])
    assert accepted == [result.verdict is Verdict.ACCEPTED]  # the two never disagree
    return result


def _judge_cases(*cases: tuple[int, Observed, Observed], **check: object) -> CheckResult:
    """Several cases, each with the number of its elements, what was got and what is expected."""
    planned = [_case(f"case {place}", elements) for place, (elements, _, _) in enumerate(cases)]
    got = [one for _, one, _ in cases]
    expected = [Expected(one, one) for _, _, one in cases]
    return judge_check(_check(**check), planned, got, expected)


def _message(result: CheckResult) -> str:
    assert result.message is not None
    return result.message.en


def _hint(result: CheckResult) -> str | None:
    return result.hint.en if result.hint else None


# --- points, and what an accepted check tells ---


def test_a_right_result_gets_all_points_and_no_message() -> None:
    result = _judge(_output(*RIGHT), _output(*RIGHT), points=4)
    assert (result.verdict, result.points, result.max_points) == (Verdict.ACCEPTED, 4, 4)
    assert (result.message, result.difference, result.hint, result.case, result.line) == (None,) * 5
    assert result.margin == 0.0


def test_a_wrong_result_gets_no_points_of_those_that_there_were() -> None:
    result = _judge(_output(*NOISE), _output(*RIGHT), points=4)
    assert (result.verdict, result.points, result.max_points) == (Verdict.WRONG_ANSWER, 0, 4)


def test_one_wrong_case_of_many_costs_all_points() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    result = _judge_cases((1, right, right), (2, right, right), (3, wrong, right), (4, right, right))
    assert (result.verdict, result.points) == (Verdict.WRONG_ANSWER, 0)


def test_name_and_title_are_those_of_the_check_whatever_it_comes_to() -> None:
    check = _check(name="odd sizes", title=Text(en="Odd sizes", zh="奇数"))
    right, cases = _output(*RIGHT), [_case()]
    results = [
        judge_check(check, cases, [right], [Expected(right, right)]),
        judge_check(check, cases, [VALUE_ERROR], [Expected(right, right)]),
        not_run(check, [_check()]),
        stopped(check, Verdict.TIME_LIMIT_EXCEEDED, untranslated("too slow")),
    ]
    assert {(one.name, one.title) for one in results} == {("odd sizes", Text(en="Odd sizes", zh="奇数"))}
    assert [one.max_points for one in results] == [3, 3, 3, 3]


def test_a_failure_tells_message_case_and_difference_in_both_languages() -> None:
    result = _judge(_output(1, 2, 3.5, 4, 5), _output(*RIGHT), case=_case("one token"))
    assert result.message == Text(
        en="`output` at [2] is 3.5; expected 3. 1 of 5 elements differ.",
        zh="`output` 在 [2] 处为 3.5，应为 3。共 5 个元素，其中 1 个不对。",
    )
    assert result.case == Text(en="one token", zh="用例 one token")
    assert result.difference is not None
    assert (result.difference.index, result.difference.mismatched, result.difference.total) == ([2], 1, 5)


# --- the margin ---


def test_the_margin_of_an_accepted_check_is_the_largest_over_its_cases() -> None:
    near, right = _output(0.7 * ATOL), _output(0)
    for order in ([near, right, right], [right, near, right], [right, right, near]):
        result = _judge_cases(*((1, got, right) for got in order))
        assert result.verdict is Verdict.ACCEPTED
        assert result.margin == pytest.approx(0.7, rel=0.01)


@pytest.mark.parametrize("near", ["first", "middle", "last"])
def test_the_margin_of_a_case_is_the_largest_over_its_values(near: str) -> None:
    names = ("first", "middle", "last")
    wanted = _values("dict", **{name: _tensor([0.0]) for name in names})
    got = _values("dict", **{name: _tensor([0.6 * ATOL if name == near else 0.1 * ATOL]) for name in names})
    assert _judge(got, wanted).margin == pytest.approx(0.6, rel=0.01)


def test_the_margin_of_a_failure_says_how_far_off_it_is() -> None:
    assert _judge(_output(20 * ATOL), _output(0)).margin == pytest.approx(20, rel=0.01)


@pytest.mark.parametrize(
    "got",
    [_output(1, 2), _output(*RIGHT, dtype="float64"), _output(np.nan, 2, 3, 4, 5), _plain(None), VALUE_ERROR],
    ids=["another shape", "another dtype", "not a number", "no tensor", "an exception"],
)
def test_a_failure_that_has_no_size_has_no_margin(got: Observed) -> None:
    result = _judge(got, _output(*RIGHT))
    assert result.verdict is not Verdict.ACCEPTED
    assert result.margin is None


# --- which failing case is shown ---


@pytest.mark.parametrize("sizes", [(30, 10, 20), (10, 20, 30), (20, 30, 10)])
def test_the_smallest_failing_case_is_shown(sizes: tuple[int, ...]) -> None:
    right = _output(*RIGHT)
    result = _judge_cases(*((size, _output(size, 0, 7, 7, 7), right) for size in sizes))
    assert result.case is not None
    assert result.case.en == f"case {sizes.index(10)}"
    assert "10" in _message(result)


def test_a_smaller_case_that_passes_is_not_shown() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    result = _judge_cases((1, right, right), (3, wrong, right), (2, wrong, right))
    assert result.case is not None
    assert result.case.en == "case 2"


def test_of_failing_cases_of_one_size_the_first_is_shown() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    result = _judge_cases((9, wrong, right), (4, wrong, right), (4, wrong, right))
    assert result.case is not None
    assert result.case.en == "case 1"


def test_the_verdict_is_that_of_the_case_that_is_shown() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    assert _judge_cases((1, VALUE_ERROR, right), (2, wrong, right)).verdict is Verdict.RUNTIME_ERROR
    assert _judge_cases((2, VALUE_ERROR, right), (1, wrong, right)).verdict is Verdict.WRONG_ANSWER


def test_everything_told_is_of_the_case_that_is_shown() -> None:
    right = _output(*RIGHT)
    first, second = _raised("KeyError", message="first", line=7), _raised("KeyError", message="second", line=9)
    result = _judge_cases((5, first, right), (2, second, right))
    assert (result.line, _message(result)) == (9, "raises KeyError: second in line 9.")


def test_each_case_is_compared_with_its_own_reference() -> None:
    one, other = _output(*RIGHT), _output(*NOISE)
    assert _judge_cases((1, one, one), (2, other, other)).verdict is Verdict.ACCEPTED
    assert _judge_cases((1, other, one), (2, one, other)).verdict is Verdict.WRONG_ANSWER


def test_passing_tells_case_by_case() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    got = [right, wrong, VALUE_ERROR, right]
    expected = [Expected(right, right)] * 4
    assert passing(_check(), [_case()] * 4, got, expected) == [True, False, False, True]


# --- values that differ ---


@pytest.mark.parametrize(
    ("got", "wanted", "message"),
    [
        (_output(1, 2, 3), _output(1, 2), "`output` has shape (3,); expected (2,)."),
        (_output(1, dtype="float64"), _output(1), "`output` is float64; expected float32."),
        (_output(1, dtype="float16"), _output(1, dtype="bfloat16"), "`output` is float16; expected bfloat16."),
        (_output(1, dtype="int64"), _output(1, dtype="int32"), "`output` is int64; expected int32."),
        (_output(1, device="cpu"), _output(1, device="cuda:0"), "`output` is on cpu; expected cuda:0."),
        (_output(1, device="cuda:0"), _output(1, device="cpu"), "`output` is on cuda:0; expected cpu."),
        (_values(output=PlainValue(1.0)), _output(1), "`output` is a float; expected a tensor."),
        (_output(1), _values(output=PlainValue(1.0)), "`output` is a tensor; expected a float."),
        (_output(1), _plain(1.0), "returns `tensor`; expected `plain`."),
        (_plain("mean"), _plain("sum"), "`output` is 'mean'; expected 'sum'."),
        (_plain(3), _plain(4), "`output` is 3; expected 4."),
        (_plain(True), _plain(1), "`output` is True; expected 1."),
        (_plain(None), _plain(False), "`output` is None; expected False."),
        (
            _values("list(tensor)", output=_tensor([1.0])),
            _values("tuple(tensor)", output=_tensor([1.0])),
            "returns `list(tensor)`; expected `tuple(tensor)`.",
        ),
        (_values(a=_tensor([1.0])), _values(b=_tensor([1.0])), "missing: `b`; not expected: `a`."),
    ],
)
def test_what_differs_is_said(got: Values, wanted: Values, message: str) -> None:
    result = _judge(got, wanted)
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _message(result) == message


def test_the_first_value_that_differs_is_named_in_the_references_order() -> None:
    wanted = _values("dict", b=_tensor([1.0]), a=_tensor([2.0]), c=_tensor([3.0]))
    got = _values("dict", a=_tensor([9.0]), c=_tensor([9.0]), b=_tensor([1.0]))
    assert _message(_judge(got, wanted)).startswith("`a` at [0] is 9")


def test_an_object_that_does_not_travel_equals_nothing() -> None:
    thing = _values("Module", output=ObjectValue("Module", "the same words"))
    for compare in ("values", "exact", "shape"):
        assert _judge(thing, thing, compare=compare).verdict is Verdict.WRONG_ANSWER


def test_plain_floats_may_be_rounded_and_whole_numbers_may_not() -> None:
    assert _judge(_plain(0.1 + 0.2), _plain(0.3)).verdict is Verdict.ACCEPTED
    assert _judge(_plain(0.31), _plain(0.3)).verdict is Verdict.WRONG_ANSWER
    assert _judge(_plain(10**9), _plain(10**9 + 1)).verdict is Verdict.WRONG_ANSWER


def test_whole_numbers_in_tensors_have_no_tolerance() -> None:
    wanted = _output(1_000_000, dtype="int64")
    assert _judge(_output(1_000_000, dtype="int64"), wanted).verdict is Verdict.ACCEPTED
    assert _judge(_output(1_000_001, dtype="int64"), wanted).verdict is Verdict.WRONG_ANSWER


# --- how strictly a check compares ---


def test_a_check_of_shapes_accepts_other_values_and_no_other_shape() -> None:
    assert _judge(_output(*NOISE), _output(*RIGHT), compare="shape").verdict is Verdict.ACCEPTED
    assert _judge(_output(1, 2), _output(*RIGHT), compare="shape").verdict is Verdict.WRONG_ANSWER


def test_an_exact_check_accepts_no_rounding() -> None:
    near = _output(*(one * (1 + 2e-7) for one in RIGHT))
    assert _judge(near, _output(*RIGHT)).verdict is Verdict.ACCEPTED
    assert _judge(near, _output(*RIGHT), compare="exact").verdict is Verdict.WRONG_ANSWER
    assert _judge(_output(*RIGHT), _output(*RIGHT), compare="exact").verdict is Verdict.ACCEPTED


def test_a_check_that_says_nothing_compares_values() -> None:
    assert _judge(_output(*NOISE), _output(*RIGHT), compare=None).verdict is Verdict.WRONG_ANSWER
    near = _output(*(one * (1 + 2e-7) for one in RIGHT))
    assert _judge(near, _output(*RIGHT), compare=None).verdict is Verdict.ACCEPTED


def test_the_tolerance_of_a_check_replaces_that_of_the_dtype() -> None:
    wide, narrow = Tolerance(rtol=0.0, atol=0.5), Tolerance(rtol=0.0, atol=1e-7)
    assert _judge(_output(0.4), _output(0), tolerance=wide).verdict is Verdict.ACCEPTED
    assert _judge(_output(0.6), _output(0), tolerance=wide).verdict is Verdict.WRONG_ANSWER
    assert _judge(_output(5e-6), _output(0)).verdict is Verdict.ACCEPTED
    assert _judge(_output(5e-6), _output(0), tolerance=narrow).verdict is Verdict.WRONG_ANSWER


def test_not_a_number_equals_itself_only_where_the_check_says_so() -> None:
    odd = _output(1, np.nan, 3)
    assert _judge(odd, odd).verdict is Verdict.WRONG_ANSWER
    assert _judge(odd, odd, nan_equal=True).verdict is Verdict.ACCEPTED
    assert _judge(odd, _output(1, 2, np.nan), nan_equal=True).verdict is Verdict.WRONG_ANSWER


def test_the_truth_is_the_reference_in_float64() -> None:
    own, truth = _output(1.0, dtype="float16"), _output(1.0009, dtype="float64")
    near, far = _output(1.001, dtype="float16"), _output(1.02, dtype="float16")
    assert _judge(near, own, truth).margin == pytest.approx(0.0, abs=0.05)
    assert _judge(far, own, truth).difference.expected == "1.0009"  # type: ignore[union-attr]


def test_what_the_reference_loses_is_allowed_eight_times_where_it_loses_most() -> None:
    """Also where it loses nothing anywhere else."""
    exact = [0.0] * 9
    truth, own = _output(0, *exact, dtype="float64"), _output(1e-3, *exact)
    assert _judge(_output(-7e-3, *exact), own, truth).verdict is Verdict.ACCEPTED
    assert _judge(_output(-9e-3, *exact), own, truth).verdict is Verdict.WRONG_ANSWER


def test_values_behind_the_first_are_held_against_the_truth_as_well() -> None:
    own = _values("dict", a=_tensor([0.0]), b=_tensor([1e-3]))
    truth = _values("dict", a=_tensor([0.0], "float64"), b=_tensor([0.0], "float64"))
    got = _values("dict", a=_tensor([0.0]), b=_tensor([-5e-3]))
    assert _judge(got, own, truth).verdict is Verdict.ACCEPTED
    assert _judge(got, own).verdict is Verdict.WRONG_ANSWER


# --- exceptions ---


def test_an_exception_is_a_runtime_error_with_its_line_and_frames() -> None:
    result = _judge(VALUE_ERROR, _output(*RIGHT))
    assert (result.verdict, result.points) == (Verdict.RUNTIME_ERROR, 0)
    assert (result.line, result.trace) == (3, "line 3, in f")
    assert _message(result) == "raises ValueError: no such dim in line 3."
    assert (result.difference, result.hint) == (None, None)


def test_the_exception_that_is_expected_is_accepted() -> None:
    result = _judge(VALUE_ERROR, _raised("ValueError", message="in other words", line=8))
    assert (result.verdict, result.points) == (Verdict.ACCEPTED, 3)


def test_a_subclass_of_the_expected_exception_is_accepted_and_its_base_is_not() -> None:
    special, general = _raised("IndexError", "LookupError"), _raised("LookupError")
    assert _judge(special, general).verdict is Verdict.ACCEPTED
    assert _judge(general, special).verdict is Verdict.WRONG_ANSWER


def test_two_exceptions_with_a_common_base_are_two() -> None:
    result = _judge(_raised("KeyError", "LookupError"), _raised("IndexError", "LookupError"))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _message(result) == "raises KeyError: told in line 3; expected IndexError."
    assert result.line == 3


def test_no_exception_where_one_is_expected_is_wrong() -> None:
    result = _judge(_output(*RIGHT), VALUE_ERROR)
    assert (result.verdict, _message(result)) == (Verdict.WRONG_ANSWER, "raises nothing; expected ValueError.")
    assert result.margin is None


@pytest.mark.parametrize("wanted", [_output(*RIGHT), _raised("ForbiddenCall"), VALUE_ERROR])
def test_a_forbidden_call_breaks_the_rules_whatever_is_expected(wanted: Observed) -> None:
    result = _judge(_raised("ForbiddenCall", "RuntimeError", message="torch.softmax"), wanted)
    assert (result.verdict, result.points, result.line) == (Verdict.RULE_VIOLATION, 0, 3)
    assert "torch.softmax" in _message(result)


OUT_OF_MEMORY = [
    _raised("MemoryError"),
    _raised("OurError", "MemoryError"),
    _raised("RuntimeError", message="[enforce fail at alloc_cpu.cpp:118] DefaultCPUAllocator: can't allocate memory"),
    _raised("OutOfMemoryError", "RuntimeError", message="CUDA out of memory. Tried to allocate 20.00 GiB"),
    _raised("RuntimeError", message="std::bad_alloc"),
    _raised("RuntimeError", message="bad allocation"),
]


@pytest.mark.parametrize("error", OUT_OF_MEMORY)
def test_memory_that_can_not_be_had_is_a_limit_by_class_and_by_words(error: Raised) -> None:
    assert ran_out_of_memory(error)
    result = _judge(error, _output(*RIGHT))
    assert result.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert _message(result).startswith("runs out of memory: ")
    assert result.line == 3


def test_other_errors_have_memory_enough() -> None:
    error = _raised("RuntimeError", message="the memory of an LSTM must be a tuple")
    assert not ran_out_of_memory(error)
    assert _judge(error, _output(*RIGHT)).verdict is Verdict.RUNTIME_ERROR


def test_where_an_exception_is_expected_running_out_of_memory_is_not_it() -> None:
    assert _judge(_raised("MemoryError"), VALUE_ERROR).verdict is Verdict.WRONG_ANSWER


# --- another device ---

PLAYED = _values("", devices=PlainValue("ok"), output=PlainValue("elsewhere"))
NOT_PLAYED = _values("", devices=PlainValue("inconclusive"))
PLAYED_IN_PART = _values("", devices=PlainValue("inconclusive"), output=PlainValue("elsewhere"))
ON_THE_CPU = _values("", devices=PlainValue("ok"), output=PlainValue("cpu"))
MIXED = _raised("DeviceMismatch", "RuntimeError", message="add takes tensors of two devices")
CAUGHT = _raised("CaughtMismatch", "DeviceMismatch", "RuntimeError", message="add takes tensors of two devices")
RAISES = _raised("RaisesElsewhere", message="TypeError: only on the CPU")


def _device(got: Observed, wanted: Observed = PLAYED) -> CheckResult:
    return _judge(got, wanted, name="device", compare="exact")


def test_a_result_beside_the_inputs_is_accepted() -> None:
    assert _device(PLAYED).verdict is Verdict.ACCEPTED


def test_a_result_on_the_cpu_is_wrong_where_the_references_is_not() -> None:
    result = _device(ON_THE_CPU)
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _message(result).startswith("`output` is on the CPU when the inputs are on another device")


def test_a_result_may_lie_on_the_cpu_where_the_references_does() -> None:
    assert _device(ON_THE_CPU, ON_THE_CPU).verdict is Verdict.ACCEPTED
    assert _device(PLAYED, ON_THE_CPU).verdict is Verdict.ACCEPTED


def test_a_result_that_is_not_there_on_another_device_is_wrong() -> None:
    result = _device(_values("", devices=PlainValue("ok")))
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _message(result).startswith("`output` is not a tensor when the inputs are not on the CPU.")


def test_of_several_results_each_must_be_there() -> None:
    wanted = _values("", devices=PlainValue("ok"), **{f"output[{i}]": PlainValue("elsewhere") for i in range(3)})
    for place in range(3):
        leaves = {f"output[{i}]": PlainValue("cpu" if i == place else "elsewhere") for i in range(3)}
        result = _device(_values("", devices=PlainValue("ok"), **leaves), wanted)
        assert result.verdict is Verdict.WRONG_ANSWER
        assert _message(result).startswith(f"`output[{place}]` is on the CPU")


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        (NOT_PLAYED, PLAYED),
        (PLAYED, NOT_PLAYED),
        (ON_THE_CPU, NOT_PLAYED),
        (NOT_PLAYED, NOT_PLAYED),
        (ON_THE_CPU, PLAYED_IN_PART),
        (NOT_PLAYED, PLAYED_IN_PART),
    ],
)
def test_what_can_not_be_played_is_accepted(got: Values, wanted: Values) -> None:
    assert _device(got, wanted).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("outcome", ["forged", "OK", None, True, 1])
def test_an_outcome_that_the_probe_does_not_know_is_wrong(outcome: object) -> None:
    got = _values("", devices=PlainValue(outcome), output=PlainValue("elsewhere"))  # type: ignore[arg-type]
    assert _device(got).verdict is Verdict.WRONG_ANSWER


def test_without_an_outcome_nothing_is_accepted() -> None:
    assert _device(_values("", output=PlainValue("elsewhere"))).verdict is Verdict.WRONG_ANSWER
    assert _device(_values("", devices=_tensor([1.0]))).verdict is Verdict.WRONG_ANSWER


@pytest.mark.parametrize("wanted", [PLAYED, ON_THE_CPU, NOT_PLAYED])
def test_mixed_devices_are_a_wrong_answer_with_a_way_out(wanted: Values) -> None:
    result = _device(MIXED, wanted)
    assert (result.verdict, result.line) == (Verdict.WRONG_ANSWER, 3)
    assert _message(result).startswith("raises DeviceMismatch: add takes tensors of two devices")
    assert "without `device=`" in (_hint(result) or "")


def test_a_mismatch_that_was_caught_counts_and_is_told_as_such() -> None:
    result = _device(CAUGHT)
    assert (result.verdict, result.line) == (Verdict.WRONG_ANSWER, 3)
    assert "catches the exception" in _message(result)
    assert "without `device=`" in (_hint(result) or "")


def test_an_exception_of_its_own_elsewhere_is_a_runtime_error() -> None:
    result = _device(RAISES)
    assert (result.verdict, result.hint, result.line) == (Verdict.RUNTIME_ERROR, None, 3)
    assert _message(result).startswith("raises TypeError: only on the CPU in line 3 when the inputs are not on the CPU")


def test_an_exception_elsewhere_is_accepted_where_the_reference_could_not_be_played() -> None:
    assert _device(RAISES, NOT_PLAYED).verdict is Verdict.ACCEPTED
    assert _device(VALUE_ERROR, NOT_PLAYED).verdict is Verdict.RUNTIME_ERROR


def test_a_wrong_device_has_no_hint_about_numbers() -> None:
    assert _hint(_device(ON_THE_CPU)) is None


# --- criteria ---

WITHIN = Criterion(kind="bound", low=0.0, high=10.0)


def test_a_criterion_asks_nothing_of_the_references_values() -> None:
    assert _judge(_output(9, 9), _output(1, 2), compare=None, criterion=WITHIN).verdict is Verdict.ACCEPTED
    assert _judge(_output(9, 9), _output(1, 2), compare="values", criterion=WITHIN).verdict is Verdict.ACCEPTED


def test_outside_a_criterion_nothing_helps() -> None:
    result = _judge(_output(11, 2), _output(11, 2), compare=None, criterion=WITHIN)
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _message(result) == "an element of `output` is 11; it must lie in [0, 10]."
    assert result.margin is None


def test_a_criterion_is_held_against_the_arguments_of_its_own_case() -> None:
    criterion = Criterion(kind="mean_squared_error", against="image", high=0.01)
    expected = [Expected(_output(0, 0), _output(0, 0))] * 2
    cases = [_case(held={"image": np.array([1.0, 1.0])}), _case(held={"image": np.array([2.0, 2.0])})]
    check = _check(compare=None, criterion=criterion)
    assert passing(check, cases, [_output(1, 1), _output(2, 2)], expected) == [True, True]
    assert passing(check, cases, [_output(2, 2), _output(1, 1)], expected) == [False, False]


def test_an_exception_fails_a_criterion() -> None:
    assert _judge(VALUE_ERROR, _output(1), compare=None, criterion=WITHIN).verdict is Verdict.RUNTIME_ERROR


def test_the_numbers_of_a_criterion_are_not_explained_by_the_references() -> None:
    got, wanted = _output(22, 44), _output(11, 22)
    assert _hint(_judge(got, wanted)) == "`output` is 2 times what is expected."
    assert _hint(_judge(got, wanted, compare=None, criterion=WITHIN)) is None


# --- hints ---


def test_the_cases_that_pass_are_told_where_nothing_else_is_known() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    result = _judge_cases((9, right, right), (3, wrong, right), (1, right, right), (5, wrong, right))
    assert result.hint == Text(en="Right in: case 0; case 2.", zh="以下用例是对的：用例 case 0；用例 case 2。")


def test_where_no_case_passes_none_is_told() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    assert _hint(_judge_cases((1, wrong, right), (2, wrong, right))) is None


def test_what_was_computed_of_the_result_comes_before_the_cases_that_pass() -> None:
    right, doubled = _output(*RIGHT), _output(*(2 * one for one in RIGHT))
    assert _hint(_judge_cases((2, doubled, right), (1, right, right))) == "`output` is 2 times what is expected."


def test_a_hint_is_about_the_case_that_is_shown() -> None:
    right = _output(*RIGHT)
    doubled, shifted = (_output(*(one * factor + more for one in RIGHT)) for factor, more in ((2, 0), (1, 7)))
    assert _hint(_judge_cases((2, doubled, right), (1, shifted, right))) == "`output` is what is expected plus 7."
    assert _hint(_judge_cases((1, doubled, right), (2, shifted, right))) == "`output` is 2 times what is expected."


def test_an_argument_that_comes_back_is_recognised_among_those_of_the_case() -> None:
    case = _case(sent={"x": np.array(NOISE, np.float32), "y": np.array(RIGHT, np.float32)})
    assert _hint(_judge(_output(*NOISE), _output(*RIGHT), case=case)) == "`output` is the argument `x`, unchanged."


def test_a_hint_uses_the_tolerance_of_the_check() -> None:
    """What the check accepts is not called wrong."""
    wanted = _values("dict", a=_tensor([1.0]), b=_tensor([2.0]), c=_tensor([3.0]), d=_tensor([4.0]))
    got = _values("dict", a=_tensor([1.1]), b=_tensor([2.0]), c=_tensor([3.0]), d=_tensor([9.0]))
    told = _hint(_judge(got, wanted, tolerance=Tolerance(rtol=0.0, atol=0.2)))
    assert told == "Of 4 values only `d` is wrong."


def test_of_a_right_result_the_gradients_are_blamed_where_nothing_nearer_is_known() -> None:
    right, wrong, doubled = _output(*RIGHT), _output(*NOISE), _output(*(2 * one for one in RIGHT))
    blamed = _hint(_judge(wrong, right, name="gradients", of_a_right_result=True))
    assert blamed is not None and "only its gradients are not" in blamed
    assert _hint(_judge(wrong, right, name="gradients")) is None
    nearer = _hint(_judge(doubled, right, name="gradients", of_a_right_result=True))
    assert nearer == "`output` is 2 times what is expected."


def test_gradients_are_blamed_before_the_cases_that_pass_are_told() -> None:
    right, wrong = _output(*RIGHT), _output(*NOISE)
    told = _hint(_judge_cases((1, right, right), (2, wrong, right), of_a_right_result=True))
    assert told is not None and "only its gradients are not" in told


def test_only_wrong_answers_have_hints() -> None:
    right = _output(*RIGHT)
    for error in (VALUE_ERROR, OUT_OF_MEMORY[0], _raised("ForbiddenCall")):
        assert _judge_cases((1, right, right), (2, error, right), of_a_right_result=True).hint is None


def test_of_a_wrong_exception_the_cases_that_pass_are_told_and_no_numbers() -> None:
    result = _judge_cases((1, VALUE_ERROR, VALUE_ERROR), (2, _raised("KeyError"), VALUE_ERROR), of_a_right_result=True)
    assert result.verdict is Verdict.WRONG_ANSWER
    assert _hint(result) == "Right in: case 0."


# --- pictures ---


def _drawn(got: Observed, wanted: Observed, **check: object) -> tuple[object, object] | None:
    picture = _judge(got, wanted, show="curve", **check).picture
    return (picture.got, picture.expected) if picture else None


def test_a_picture_shows_what_was_got_beside_what_is_expected() -> None:
    assert _drawn(_output(1, 2), _output(1, 2)) == ([[[1, 2]]], [[[1, 2]]])
    assert _drawn(_output(1, 3), _output(1, 2)) == ([[[1, 3]]], [[[1, 2]]])
    assert _drawn(VALUE_ERROR, _output(1, 2)) == ([], [[[1, 2]]])


def test_a_check_that_shows_the_difference_has_no_picture() -> None:
    assert _judge(_output(1, 2), _output(1, 2)).picture is None
    assert _judge(_output(1, 3), _output(1, 2)).picture is None


def test_the_picture_is_that_of_the_failing_case_or_of_the_first() -> None:
    one, other, wrong = _output(1, 2), _output(3, 4), _output(5, 6)
    accepted = _judge_cases((9, one, one), (1, other, other), show="curve").picture
    failed = _judge_cases((1, one, one), (2, wrong, other), show="curve").picture
    assert accepted is not None and accepted.expected == [[[1, 2]]]
    assert failed is not None and (failed.got, failed.expected) == ([[[5, 6]]], [[[3, 4]]])


def test_the_picture_expected_is_in_the_cases_own_dtype() -> None:
    own, truth = _output(1.0, 2.0), _output(1.0, 2.0000001, dtype="float64")
    result = _judge(own, own, truth, show="curve")
    assert result.picture is not None and result.picture.expected == [[[1, 2]]]


# --- checks that did not run, or came to no end ---


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        ((), "not run, because it needs: ."),
        (("Shape",), "not run, because it needs: Shape."),
        (("Shape", "Values"), "not run, because it needs: Shape, Values."),
    ],
)
def test_a_skipped_check_says_what_it_needs(failed: Sequence[str], told: str) -> None:
    result = not_run(_check(points=2), [_check(title=untranslated(title)) for title in failed])
    assert (result.verdict, result.points, result.max_points) == (Verdict.SKIPPED, 0, 2)
    assert _message(result) == told


def test_a_check_whose_process_ended_has_that_verdict_and_message() -> None:
    for verdict in (Verdict.TIME_LIMIT_EXCEEDED, Verdict.MEMORY_LIMIT_EXCEEDED, Verdict.RUNTIME_ERROR):
        result = stopped(_check(points=2), verdict, Text(en="it ended", zh="结束了"))
        assert (result.verdict, result.points, result.max_points) == (verdict, 0, 2)
        assert result.message == Text(en="it ended", zh="结束了")
        assert (result.margin, result.case, result.hint) == (None, None, None)
