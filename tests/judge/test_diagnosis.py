"""A mistake is named where the observations are the same, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.judge.diagnosis import Runs, distance, indistinguishable, name_mistake
from grader.observed import Observed, Tensor, Values
from grader.plan import PlannedCheck
from grader.text import untranslated
from grader.wire import Raised

RIGHT = np.arange(4.0)


def _check(run: int = 0) -> PlannedCheck:
    return PlannedCheck(
        name="values",
        title=untranslated("values"),
        run=run,
        points=1,
        needs=(),
        compare="values",
        criterion=None,
        tolerance=None,
        nan_equal=False,
        show="difference",
    )


def _seen(*arrays: np.ndarray) -> list[Observed]:
    leaves = [{"output": Tensor(array.astype(np.float32), "float32", "cpu")} for array in arrays]
    return [Values(leaf, "tensor") for leaf in leaves]  # type: ignore[arg-type]


def _name(seen: Runs, known: dict[str, Runs], **faults: int) -> str | None:
    def passes(check: PlannedCheck, outcomes: Sequence[Observed]) -> bool:
        return distance(outcomes, _seen(RIGHT), check) is not None

    return name_mistake(_check(), seen, known, passes, lambda mistake: faults.get(mistake, 1))


def test_of_two_that_fit_the_one_with_fewer_faults_is_named() -> None:
    """Nobody is told of a second fault that can't be seen."""
    known = {"both": {0: _seen(-RIGHT)}, "sign": {0: _seen(-RIGHT)}, "also both": {0: _seen(-RIGHT)}}
    assert _name({0: _seen(-RIGHT)}, known, both=3, sign=2) in ("also both", "sign")
    assert _name({0: _seen(-RIGHT)}, known, both=3, sign=1, **{"also both": 2}) == "sign"


def test_mistakes_that_give_the_same_everywhere_are_found() -> None:
    known = {"b": {0: _seen(-RIGHT)}, "a": {0: _seen(-RIGHT)}, "c": {0: _seen(2 * RIGHT)}, "dead": {}, "also dead": {}}
    assert list(indistinguishable([_check()], known)) == [("a", "b")]


def test_the_mistake_that_returns_the_same_is_named() -> None:
    known = {"doubled": {0: _seen(2 * RIGHT)}, "negated": {0: _seen(-RIGHT)}}
    assert _name({0: _seen(-RIGHT)}, known) == "negated"


def test_nothing_is_named_where_nothing_matches() -> None:
    assert _name({0: _seen(RIGHT + 5)}, {"doubled": {0: _seen(2 * RIGHT)}}) is None


def test_it_must_match_in_every_case() -> None:
    known = {"doubled": {0: _seen(2 * RIGHT, 2 * RIGHT)}}
    assert _name({0: _seen(2 * RIGHT, RIGHT + 1)}, known) is None


def test_a_mistake_that_passes_the_check_is_never_named() -> None:
    assert _name({0: _seen(RIGHT)}, {"same here": {0: _seen(RIGHT)}}) is None


def test_rounding_does_not_hide_a_match() -> None:
    assert _name({0: _seen(-RIGHT * (1 + 2e-6))}, {"negated": {0: _seen(-RIGHT)}}) == "negated"


def test_of_two_that_match_the_one_that_agrees_in_other_runs_is_named() -> None:
    known = {
        "one": {0: _seen(-RIGHT), 1: _seen(RIGHT)},
        "two": {0: _seen(-RIGHT), 1: _seen(3 * RIGHT)},
    }
    assert _name({0: _seen(-RIGHT), 1: _seen(3 * RIGHT)}, known) == "two"


def test_of_two_that_agree_everywhere_the_closer_one_is_named() -> None:
    known = {"near": {0: _seen(-RIGHT + 8e-6)}, "exact": {0: _seen(-RIGHT)}}
    assert _name({0: _seen(-RIGHT)}, known) == "exact"


def test_equal_exceptions_match_and_others_do_not() -> None:
    def error(message: str) -> list[Observed]:
        return [Raised(["ValueError", "Exception"], message)]

    assert distance(error("a"), error("a"), _check()) == 0.0
    assert distance(error("a"), error("b"), _check()) is None
    assert distance(error("a"), _seen(RIGHT), _check()) is None
