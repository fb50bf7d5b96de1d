from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank
from grader.question.bank_files import read_text
from grader.verdict import Verdict
from grader.verify.degenerate import Variant
from grader.verify.styles import rewrites, styles
from tests.verify.driven import REFERENCE, plan, question, run

BANK = Bank.open()
X = torch.randn(5, 4)


def made(reference: str = REFERENCE) -> dict[str, Variant]:
    return {variant.key: variant for variant in styles(question(), plan(), reference)}


def layer(source: str) -> Any:
    torch.manual_seed(3)
    return run(source)[0]["Layer"](4)


@pytest.mark.parametrize("key", [*made()])
def test_every_style_gives_the_right_answers(key: str) -> None:
    source = made()[key].source
    assert torch.equal(run(source)[0]["scaled"](X, 1.5), run(REFERENCE)[0]["scaled"](X, 1.5))
    right, other = layer(REFERENCE), layer(source)
    torch.testing.assert_close(other(X), right(X))
    assert other.calls.item() == 1
    assert [name for name, _ in other.named_parameters()] == [name for name, _ in right.named_parameters()]


@pytest.mark.parametrize("key", [*made()])
def test_every_style_keeps_the_gradients(key: str) -> None:
    right, other = layer(REFERENCE), layer(made()[key].source)
    for module in (right, other):
        module(X).square().sum().backward()
    for one, two in zip(right.parameters(), other.parameters(), strict=True):
        torch.testing.assert_close(two.grad, one.grad)


def test_float64_is_really_used_inside() -> None:
    seen = "def scaled(x, factor):\n    print(x.dtype)\n    return x\n"
    names, printed = run(made(seen + "class Layer: pass\n")["float64-inside"].source + "scaled(torch.ones(1), 2)\n")
    assert printed.getvalue() == "torch.float64\n"
    assert names["scaled"](torch.ones(1).half(), 2).dtype == torch.float16


def test_a_recurrent_module_runs_in_float64_too() -> None:
    source = (
        "import torch\nscaled = print\nclass Layer(torch.nn.RNN):\n"
        "    def forward(self, x):\n        result = super().forward(x)[0]\n"
        "        print(result.dtype)\n        return result\n"
    )
    code = made(source)["float64-inside"].source + "kind = Layer(2, 3)(torch.ones(4, 2)).dtype\n"
    names, printed = run(code)
    assert printed.getvalue() == "torch.float64\n"
    assert names["kind"] == torch.float32


def test_batch_norm_in_float64_keeps_its_gradients_and_its_statistics() -> None:
    source = "import torch\nscaled = print\nclass Layer(torch.nn.BatchNorm1d):\n    pass\n"
    right, other = (run(code)[0]["Layer"](4).double() for code in (source, made(source)["float64-inside"].source))
    for module in (right, other):
        module(X.double()).square().sum().backward()
    torch.testing.assert_close(other.weight.grad, right.weight.grad)
    torch.testing.assert_close(other.running_mean, right.running_mean)


# --- renaming ---


def renamed(body: str) -> str | None:
    return rewrites.renamed(body)


def test_local_variables_are_renamed_and_nothing_else() -> None:
    source = (
        "LIMIT = 3\ndef f(x, y=1):\n    a = x.a + y\n    for b in range(LIMIT):\n        a += b\n    return g(a=a)\n"
    )
    new = renamed(source)
    assert new is not None
    assert "a_renamed = x.a + y" in new and "for b_renamed in range(LIMIT)" in new and "g(a=a_renamed)" in new


def test_names_that_mean_more_than_a_local_are_kept() -> None:
    source = (
        "n = 0\ndef f(x):\n    global n\n    n = 1\n    x = 2\n"
        "    class Inner:\n        size = 3\n"
        "    def inner(v):\n        v = 1\n        return v\n"
        "    try:\n        import math as m\n    except ImportError as error:\n        pass\n"
        "    return x, Inner.size, inner(1), m\n"
    )
    assert renamed(source) is None


def test_a_closure_sees_the_new_name() -> None:
    new = renamed(
        "def f(x):\n    offset = 2\n    def inner(y):\n        own = offset\n        return y + own\n"
        "    return inner(x)\n"
    )
    assert new is not None
    assert run(new)[0]["f"](3) == 5


def test_a_new_name_is_not_one_that_exists() -> None:
    new = renamed("def f(x):\n    a = 1\n    a_renamed = 2\n    return a, a_renamed\n")
    assert new is not None
    assert run(new)[0]["f"](0) == (1, 2)


def test_nothing_is_renamed_where_names_are_read() -> None:
    assert renamed("def f(x):\n    a = 1\n    return locals()\n") is None


# --- arithmetic ---


def expression(text: str) -> str:
    """A function that returns an expression of tensors x, y and z, a number n, and anything else."""
    arguments = "x: torch.Tensor, y: torch.Tensor, z: torch.Tensor, n: int, a, b"
    return f"import math, torch\ndef f({arguments}):\n    return {text}\n"


def returned(source: str | None) -> str | None:
    if source is None:
        return None
    function = ast.parse(source).body[-1]
    assert isinstance(function, ast.FunctionDef) and isinstance(function.body[-1], ast.Return)
    return ast.unparse(function.body[-1].value) if function.body[-1].value else ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x + y", "y + x"),
        ("a + 1", "1 + a"),
        ("a * b", "b * a"),
        ("x * y + z", "z + y * x"),
        ("a + math.sqrt(n)", "math.sqrt(n) + a"),
        ("a + b", None),
        ("a + (1,)", None),
        ("a + 'text'", None),
        ("a * 2 + b", "2 * a + b"),  # [0] * 2 + b is a list
        ("x - y", None),
        ("torch.rand(2) + torch.rand(2)", None),
        ("x @ y", None),
    ],
)
def test_operands_are_swapped_only_where_they_surely_commute(before: str, after: str | None) -> None:
    assert returned(rewrites.swapped(expression(before))) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x + y + z", "x + (y + z)"),
        ("a + b + 1", "a + (b + 1)"),
        ("x + y + z + n", "x + (y + z + n)"),
        ("a + b + a", None),
        ("x - y + z", None),
        ("x * y * z", None),
    ],
)
def test_sums_are_added_in_another_order(before: str, after: str | None) -> None:
    assert returned(rewrites.reassociated(expression(before))) == after


def test_a_name_that_is_assigned_twice_may_be_anything() -> None:
    source = "import torch\ndef f(x: torch.Tensor, b):\n    {}\n    return x + b\n"
    assert rewrites.swapped(source.format("pass")) is not None
    assert rewrites.swapped(source.format("x = list(x)")) is None


# --- the rest ---


def test_checks_of_types_refuse_what_the_annotation_does() -> None:
    names, printed = run(made()["checking"].source)
    assert printed.getvalue() == "ready\n"
    with pytest.raises(TypeError, match="x must be a"):
        names["scaled"]([1.0], 2.0)


def test_a_default_of_none_is_not_refused() -> None:
    new = rewrites.checking("def f(x: int, y: int = None):\n    return x\n")
    assert new is not None
    assert run(new)[0]["f"](1) == 1


def test_a_function_becomes_an_object_that_is_called() -> None:
    assert isinstance(run(made()["callable-object"].source)[0]["scaled"], torch.nn.Module)


def test_annotations_and_docstrings_are_gone() -> None:
    assert '"""' not in made()["bare"].source.replace('"""A reference."""', "")
    assert "->" not in made()["bare"].source


def test_a_script_part_does_not_run() -> None:
    names, _ = run(made()["script"].source)
    assert "scaled" in names


def test_concept_questions_have_none() -> None:
    assert styles(question(kind="concept"), plan(), REFERENCE) == []


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(BANK, Settings(device="cpu", handling=Handling(name_mistakes=False))) as started:
        yield started


@pytest.mark.parametrize("question_id", ["causal-attention", "rnn-sequence-model", "super-resolution"])
def test_every_style_is_accepted(question_id: str, grader: Grader) -> None:
    entry = BANK[question_id]
    for variant in styles(
        entry.question, grader.desk(question_id, grader.settings.seed).plan, read_text(entry.reference)
    ):
        result = grader.grade(
            Submission("verify", question_id, f"{variant.key}.py", variant.source),
            handling=Handling(name_mistakes=False, stop_early=True),
        )
        assert result.verdict is Verdict.ACCEPTED, (variant.key, result.message, result.checks)
