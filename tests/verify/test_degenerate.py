from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest
import torch

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.plan import make_plan
from grader.question.bank import Bank, Entry
from grader.question.bank_files import read_text
from grader.result import Result
from grader.text import untranslated
from grader.verdict import Verdict
from grader.verify.degenerate import Variant, degenerate, inert
from tests.drawing import drawn
from tests.verify.driven import REFERENCE, STUB, plan, question, run

BANK = Bank.open()
CODE = [entry for entry in BANK if entry.question.kind != "concept"]
QUESTIONS = 12  # 0.6 s each
DRAWN = drawn(CODE, QUESTIONS, name=lambda entry: entry.id, kind=lambda entry: entry.question.kind)
X = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5], [7.0, 8.1, 9.0]])


def made(**changes: Any) -> dict[str, Variant]:
    return {variant.key: variant for variant in degenerate(question(**changes), plan(**changes), REFERENCE, STUB)}


def answer(key: str, x: torch.Tensor = X) -> Any:
    """What `scaled` with factor 1 returns; the right answer is x."""
    names, _ = run(made()[f"scaled-{key}"].source)
    return names["scaled"](x.clone(), factor=1.0)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("zeros", X * 0),
        ("ones", X * 0 + 1),
        ("constant", X * 0 + 0.5),
        ("doubled", X * 2),
        ("shifted", X + 1),
        ("permuted", X[[2, 0, 1]]),
        ("transposed", X.T),
        ("echo", X),
        ("fewer-axes", X[0]),
        ("empty", torch.zeros(0)),
        ("only-gradients", X * 0),
        ("dtype", X.double()),
    ],
)
def test_tensors_are_changed_as_the_sentence_says(key: str, wanted: torch.Tensor) -> None:
    torch.testing.assert_close(answer(key), wanted, rtol=0, atol=0)


def test_one_element_is_not_a_number() -> None:
    assert answer("nan").isnan().flatten().tolist() == [False] * 8 + [True]


def test_rounding_to_half_precision_is_seen_in_float32() -> None:
    assert answer("rounded").dtype == torch.float32
    assert not torch.equal(answer("rounded"), X)


def test_a_symmetric_result_is_flipped_instead_of_transposed() -> None:
    assert torch.equal(answer("transposed", X + X.T), (X + X.T).flip(-1))


def test_a_result_that_lies_about_its_shape_holds_one_number() -> None:
    lying = answer("claimed-shape")
    assert lying.shape == X.shape
    assert lying.detach().as_subclass(torch.Tensor).shape == (1,)


def test_arguments_are_overwritten_behind_a_right_answer() -> None:
    names, _ = run(made()["scaled-overwritten"].source)
    x = X.clone()
    assert torch.equal(names["scaled"](x, 2.0), X * 2)
    assert torch.equal(x, X + 1)


def test_gradients_are_cut_or_doubled_behind_right_values() -> None:
    variants = made()
    assert not run(variants["total-detached"].source)[0]["total"](X.clone().requires_grad_()).requires_grad
    x = X.clone().requires_grad_()
    twice = run(variants["total-twice-the-gradients"].source)[0]["total"](x)
    twice.backward()
    assert twice.item() == X.sum().item()
    assert torch.equal(x.grad, torch.full_like(X, 2.0))


def test_containers_and_numbers_keep_their_types() -> None:
    reference = "def scaled(x, factor):\n    return {'a': (x, 2.5), 'b': [3, True, None, 'text']}\n"
    variants = {v.key: v for v in degenerate(question(), plan(), reference + "class Layer: pass\n", STUB)}
    assert run(variants["scaled-zeros"].source)[0]["scaled"](1.5, 1) == {"a": (0.0, 0.0), "b": [0, False, None, "text"]}


def test_a_module_keeps_its_parameters_and_their_order() -> None:
    right = run(REFERENCE)[0]["Layer"](4)
    for variant in (one for key, one in made().items() if key.startswith("Layer-")):
        module = run(variant.source)[0]["Layer"](4)
        assert [name for name, _ in module.named_parameters()] == [name for name, _ in right.named_parameters()]


def test_the_parameters_of_a_module_are_zero_before_it_answers() -> None:
    module = run(made()["Layer-zeroed-parameters"].source)[0]["Layer"](3)
    assert torch.equal(module(X), torch.ones(3, 3))


def test_methods_of_a_sequence_are_the_ones_that_change() -> None:
    reference = "class Cache:\n    def put(self, x):\n        return x\n    def size(self):\n        return 4\n"
    checks = [
        {"name": "steps", "probe": "sequence", "compare": "values", "calls": [{"method": "put", "arguments": ["x"]}]}
    ]
    changes = {
        "entry": "Cache",
        "checks": checks,
        "construct": {},
        "battery": {
            "skip": dict.fromkeys(["unmodified", "float64", "noncontiguous", "gradients", "device"], "a cache")
        },
    }
    variants = {v.key: v for v in degenerate(question(**changes), plan(**changes), reference, "")}
    cache = run(variants["Cache-zeros"].source)[0]["Cache"]()
    assert (cache.put(5.0), cache.size()) == (0.0, 4)
    assert "Cache-detached" not in variants


def test_gradients_are_cut_only_where_somebody_asks_for_them() -> None:
    keys = made()
    assert "Layer-detached" in keys and "total-detached" in keys
    assert "scaled-detached" not in keys
    without = made(battery={"skip": {"gradients": "for the test"}})
    assert "Layer-detached" not in without


def test_arguments_are_overwritten_only_where_they_must_stay() -> None:
    keys = made()
    assert "Layer-overwritten" in keys and "scaled-overwritten" in keys
    assert "total-overwritten" not in keys


def test_a_stub_that_does_not_compile_is_handed_in_all_the_same() -> None:
    variants = degenerate(question(), plan(), REFERENCE, "def scaled(x:")
    assert variants[0].source == "def scaled(x:"
    assert not any(variant.key.startswith("total") for variant in variants)


def test_concept_questions_have_none() -> None:
    assert degenerate(question(kind="concept"), plan(), REFERENCE, STUB) == []


def result_of(variant: Variant, x: torch.Tensor | None) -> Result:
    """An accepted result with what the variant prints when `scaled` is called with x, or not at all."""
    names, printed = run(variant.source)
    with redirect_stdout(printed):
        if x is not None:
            names["scaled"](x, 1.0)
    return accepted(printed)


def accepted(printed: io.StringIO) -> Result:
    return Result("", "small", untranslated("small"), "", Verdict.ACCEPTED, 0, 0, 0.0, [], output=printed.getvalue())


def test_what_never_changes_a_result_is_inert() -> None:
    variants = made()
    assert inert(variants["scaled-permuted"], result_of(variants["scaled-permuted"], torch.ones(3)))
    assert inert(variants["scaled-zeros"], result_of(variants["scaled-zeros"], torch.zeros(3)))
    assert inert(variants["scaled-permuted"], result_of(variants["scaled-permuted"], torch.full((2, 3), torch.nan)))
    assert not inert(variants["scaled-zeros"], result_of(variants["scaled-zeros"], X))


def test_what_nobody_calls_is_not_inert() -> None:
    variants = made()
    assert not inert(variants["scaled-zeros"], result_of(variants["scaled-zeros"], None))
    assert not inert(variants["stub"], result_of(variants["stub"], None))


@pytest.mark.parametrize("entry", DRAWN, ids=lambda entry: entry.id)
def test_what_is_appended_breaks_no_rule_by_itself(entry: Entry) -> None:
    reference = read_text(entry.reference)
    variants = degenerate(entry.question, make_plan(entry.question, 7), reference, read_text(entry.stub))
    start = reference.count("\n")
    loops = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    for variant in variants[1:]:
        appended = [node for node in ast.walk(ast.parse(variant.source)) if getattr(node, "lineno", 0) > start]
        assert not [node for node in appended if isinstance(node, loops)]
    assert len({variant.key for variant in variants}) == len(variants)


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(BANK, Settings(device="cpu", handling=Handling(name_mistakes=False))) as started:
        yield started


@pytest.mark.parametrize("question_id", ["causal-attention", "image-dependency-matrix"])
def test_every_degenerate_answer_gets_its_verdict(question_id: str, grader: Grader) -> None:
    entry = BANK[question_id]
    plan = grader.desk(question_id, grader.settings.seed).plan
    for variant in degenerate(entry.question, plan, read_text(entry.reference), read_text(entry.stub)):
        result = grader.grade(
            Submission("verify", question_id, f"{variant.key}.py", variant.source),
            handling=Handling(name_mistakes=False, stop_early=True),
        )
        assert result.verdict in variant.verdicts, variant.key
