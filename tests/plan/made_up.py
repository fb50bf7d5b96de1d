"""A small question, and what a plan makes of it."""

from __future__ import annotations

import numpy as np

from grader.plan import Plan, PlannedCheck, ProbeRun, make_plan
from grader.question.conditions import CONDITIONS
from grader.question.kinds import Kind
from grader.question.types import Argument, Battery, Case, Check, Hints, Question
from grader.text import untranslated
from grader.wire import Array, Input, TensorValue, Value

ALL_OF_THE_BATTERY = tuple(condition.key for condition in CONDITIONS)
NO_BATTERY = Battery(skip=dict.fromkeys(ALL_OF_THE_BATTERY, "not looked at here"))


def question(**more: object) -> Question:
    """A function `f` of one tensor (2, 3) of floats in one case, with one check of values."""
    settings: dict[str, object] = {
        "format": 1,
        "id": "made-up",
        "topic": "tests",
        "kind": Kind.IMPLEMENT,
        "difficulty": "easy",
        "minutes": 5,
        "title": untranslated("t"),
        "prompt": untranslated("p"),
        "source": "none",
        "hints": Hints(en=[], zh=[]),
        "entry": "f",
        "sizes": {"B": 2, "T": 3},
        "arguments": {"x": Argument(normal=["B", "T"])},
        "cases": [Case(name="typical")],
        "checks": [Check(name="values", compare="values")],
    }
    return Question(**{**settings, **more})  # type: ignore[arg-type]


def plan_of(seed: int = 1, **more: object) -> Plan:
    return make_plan(question(**more), seed)


def check_of(plan: Plan, name: str = "values") -> PlannedCheck:
    (found,) = (check for check in plan.checks if check.name == name)
    return found


def run_of(plan: Plan, check: str = "values") -> ProbeRun:
    """The run whose observations a check looks at."""
    return plan.runs[check_of(plan, check).run]


def input_of(plan: Plan, check: str = "values", case: str = "typical") -> Input:
    (found,) = (one for one in run_of(plan, check).drive.inputs if one.name == case)
    return found


def tensor_of(plan: Plan, name: str = "x", check: str = "values", case: str = "typical") -> tuple[TensorValue, Array]:
    """An argument as it is announced, and its array."""
    value = input_of(plan, check, case).arguments[name]
    assert isinstance(value, TensorValue)
    return value, run_of(plan, check).arrays[value.key]


def drawn(plan: Plan, name: str = "x", check: str = "values", case: str = "typical") -> Array:
    return tensor_of(plan, name, check, case)[1]


def made(argument: Argument, seed: int = 1, case: Case | None = None, **sizes: int) -> Array:
    """The array of one argument."""
    case = case or Case(name="typical")
    return drawn(
        plan_of(seed, arguments={"x": argument}, cases=[case], sizes=sizes, battery=NO_BATTERY), case=case.name
    )


def value_of(argument: Argument, **sizes: int) -> Value:
    """One argument as it is announced."""
    return input_of(plan_of(arguments={"x": argument}, sizes=sizes, battery=NO_BATTERY)).arguments["x"]


def unlike(one: Array, other: Array) -> bool:
    """Whether two large arrays of one shape have nothing to do with one another, but for their law."""
    correlation = np.corrcoef(one.reshape(-1).astype(np.float64), other.reshape(-1).astype(np.float64))[0, 1]
    return bool(abs(correlation) < 6 / np.sqrt(one.size)) and not np.array_equal(one, other)
