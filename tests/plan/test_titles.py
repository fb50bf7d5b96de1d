"""Checks and cases have names for people, in both languages."""

from __future__ import annotations

import pytest

from grader.plan.titles import case_in_words, title_of
from grader.question.conditions import CONDITIONS
from grader.question.types import Argument, Case, Check
from grader.text import Text
from tests.plan.made_up import check_of, plan_of, run_of

NOTE = Text(en="only one token", zh="只有一个 token")


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("shape", "Shape", "形状"),
        ("values", "Values", "数值"),
        ("gradients", "Gradients", "梯度"),
        ("parameters", "Parameters", "参数"),
        ("errors", "Errors", "异常"),
        ("repeat", "Repeated calls", "重复调用"),
    ],
)
def test_the_usual_names_are_translated(name: str, en: str, zh: str) -> None:
    assert title_of(name) == Text(en=en, zh=zh)


def test_every_check_of_the_battery_has_a_title_in_both_languages() -> None:
    plan = plan_of(construct={})
    added = plan.checks[1:]
    assert len(added) == len(CONDITIONS)
    for check in added:
        assert check.title.en.isascii() and check.title.en[0].isupper()
        assert not check.title.zh.isascii()
    assert len({check.title for check in added}) == len(CONDITIONS)


def test_another_name_begins_with_a_capital_and_stays_as_it_is() -> None:
    assert title_of("odd sizes of T") == Text(en="Odd sizes of T", zh="odd sizes of T")
    assert title_of("x") == Text(en="X", zh="x")


def test_a_title_in_the_spec_goes_first() -> None:
    title = Text(en="The loss", zh="损失")
    checks = [Check(name="values", compare="values", title=title), Check(name="shape", compare="shape")]
    plan = plan_of(checks=checks)
    assert check_of(plan).title == title
    assert check_of(plan, "shape").title == Text(en="Shape", zh="形状")


@pytest.mark.parametrize(
    ("case", "sizes", "en", "zh"),
    [
        (Case(name="typical"), {}, "typical", "typical"),
        (Case(name="typical"), {"B": 2}, "typical (B = 2)", "typical（B = 2）"),
        (Case(name="typical"), {"T": 3, "B": 2}, "typical (T = 3, B = 2)", "typical（T = 3，B = 2）"),
        (Case(name="long", sizes={"T": 7}), {"B": 2, "T": 3}, "long (B = 2, T = 7)", "long（B = 2，T = 7）"),
        (Case(name="long", sizes={"T": 7}), {"B": 2}, "long (B = 2)", "long（B = 2）"),
        (Case(name="none", sizes={"T": 0}), {"T": 3}, "none (T = 0)", "none（T = 0）"),
        (Case(name="one", note=NOTE), {}, "only one token", "只有一个 token"),
        (Case(name="one", note=NOTE), {"B": 2}, "only one token (B = 2)", "只有一个 token（B = 2）"),
    ],
)
def test_a_case_is_told_with_its_own_sizes(case: Case, sizes: dict[str, int], en: str, zh: str) -> None:
    assert case_in_words(case, sizes) == Text(en=en, zh=zh)


def test_sizes_are_told_in_the_order_of_the_question() -> None:
    plan = plan_of(sizes={"T": 3, "B": 2}, arguments={"x": Argument(normal=["B", "T"])})
    assert run_of(plan).cases[0].words.en == "typical (T = 3, B = 2)"


def test_every_run_of_a_case_tells_it_alike() -> None:
    plan = plan_of(construct={}, cases=[Case(name="typical", note=NOTE)])
    assert {run.cases[0].words.zh for run in plan.runs} == {"只有一个 token（B = 2，T = 3）"}
