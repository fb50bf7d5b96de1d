"""Mutants: what each operator makes of a line, and what none of them may do."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from grader.question.bank import Bank
from grader.verify.mutants import Mutant, mutants
from grader.verify.mutants.table import OPERATORS
from tests.drawing import drawn

HEAD = """\
import math
import torch
import torch.nn.functional as F
from torch import nn
"""
CODE = [entry for entry in Bank.open() if entry.question.kind != "concept"]
REFERENCES = 12  # 0.7 s each
DRAWN = drawn(CODE, REFERENCES, name=lambda entry: entry.id, kind=lambda entry: entry.question.kind)


def function(*lines: str, parameters: str = "x, y, eps: float, n: int") -> str:
    return "\n".join([HEAD, f"def f({parameters}):", *(f"    {line}" for line in lines), ""])


def module(*lines: str) -> str:
    """A model with layers, whose forward pass these lines are."""
    head = [
        HEAD,
        "class Model(nn.Module):",
        "    def __init__(self, n):",
        "        super().__init__()",
        "        self.q, self.k = nn.Linear(n, n), None",
        "        self.norm1 = nn.LayerNorm(n)",
        "        self.norm2 = nn.LayerNorm(n)",
        "    def forward(self, x, y):",
    ]
    return "\n".join([*head, *(f"        {line}" for line in lines), ""])


def afters(source: str, operator: str) -> set[str]:
    return {one.after for one in mutants(source) if one.operator == operator}


LINES: list[tuple[str, str, set[str]]] = [
    ("missing scale", "return x / math.sqrt(n)", {"x", "n"}),
    ("missing scale", "return x * n ** -0.5", {"x"}),
    ("epsilon", "return torch.sqrt(x + eps)", {"torch.sqrt(x) + eps", "x", "x + 2 * eps"}),
    ("epsilon", "return x.sqrt() + eps", {"(x + eps).sqrt()", "x.sqrt()", "x.sqrt() + 2 * eps"}),
    ("epsilon", "return x / (y + 1e-8)", {"y"}),
    ("arithmetic", "return x + y", {"x - y"}),
    ("arithmetic", "return n // 2", {"n / 2", "n % 2"}),
    ("arithmetic", "return x @ y", set()),
    ("dropped operand", "return x * y", {"x", "y"}),
    ("dropped operand", "return x * n", {"x"}),
    ("dropped operand", "return x - y", {"x"}),
    ("dropped operand", "return x + 1", {"x"}),
    ("swapped operands", "return x - y @ x", {"y @ x - x", "x @ y"}),
    ("swapped operands", "return x + y", set()),
    ("sign", "return torch.exp(-x)", {"torch.exp(x)"}),
    ("sign", "return (x @ y).softmax(-1)", {"(-(x @ y)).softmax(-1)"}),
    ("comparison", "return x < y", {"x <= y", "x > y"}),
    ("comparison", "return x == y", {"x != y"}),
    ("logic", "return n and not eps", {"n or not eps", "not eps", "n", "n and eps"}),
    ("logic", "return ~x", {"return x"}),
    ("detached", "return x * n", {"x.detach() * n"}),
    ("negated condition", "return x.masked_fill(y, 0.0)", {"x.masked_fill(~y, 0.0)"}),
    ("negated condition", "return torch.where(x > 0, x, y)", {"torch.where(x > 0, y, x)", "x", "y"}),
    ("dropped call", "return x.relu().max()", {"x", "x.relu()"}),
    ("dropped call", "return x.T @ y.to(x.dtype)", {"x @ y.to(x.dtype)", "y"}),
    ("dropped call", "return x.detach().item()", {"x.detach()", "x"}),
    ("dropped wrapper", "return F.relu(torch.sigmoid(x))", {"torch.sigmoid(x)", "x"}),
    ("dropped wrapper", "return int(n) + float('inf')", {"n"}),
    ("sibling", "return x.mean() - x.amax()", {"x.sum()", "x.amin()"}),
    ("sibling", "return F.softmax(F.relu(x), 1)", {"F.log_softmax(F.relu(x), 1)", "F.gelu(x)", "F.tanh(x)"}),
    ("sibling", "return torch.relu(x)", {"torch.tanh(x)"}),
    ("sibling", "return x.triu(1)", {"x.tril(1)"}),
    ("mode", "x.eval()", {"x.train()"}),
    ("mode", "x.train(n)", {"x.eval()", "x.train()"}),
    ("swapped arguments", "return F.linear(x, y)", {"F.linear(y, x)"}),
    ("swapped arguments", "return torch.maximum(x, y)", set()),
    ("swapped arguments", "return x.permute(0, 2, 1)", {f"x.permute({p})" for p in ("2, 0, 1", "1, 2, 0", "0, 1, 2")}),
    ("joined", "return torch.cat([x, y])", {"torch.cat([y, x])", "torch.cat([x])", "torch.cat([y])"}),
    ("in place", "return x.masked_fill(y, 0)", {"x.masked_fill_(y, 0)"}),
    ("in place", "return x[0].relu()", {"x[0].relu_()"}),
    ("in place", "return (x + y).relu()", set()),
    ("in place", "return F.relu(x)", {"F.relu(x, inplace=True)"}),
    ("cast added", "return x.shape, x.exp(), x", {"x.float().exp()"}),
    ("dropped keyword", "return torch.ones(n, device=x.device)", {"torch.ones(n)"}),
    ("dropped keyword", "return nn.Conv2d(1, 2, 3, padding=1, bias=False)", {"nn.Conv2d(1, 2, 3, bias=False)"}),
    ("flag", "return x.sum(1, keepdim=True)", {"x.sum(1, keepdim=False)"}),
    ("flag", "return x.var(1)", {"x.var(1, correction=0)"}),
    ("flag", "return zip(x, y, strict=True)", set()),
    ("option", "return F.mse_loss(x, y, reduction='sum')", {"F.mse_loss(x, y, reduction='mean')"}),
    ("option added", "return F.mse_loss(x, y)", {"F.mse_loss(x, y, reduction='sum')"}),
    ("option added", "return F.gelu(x)", {"F.gelu(x, approximate='tanh')"}),
    ("equation", "return torch.einsum('ij,jk->ik', x, y)", {
        f"torch.einsum('{e}', x, y)" for e in ("ji,jk->ik", "ij,kj->ik", "ij,jk->ki")
    }),
    ("neighbour", "return x @ y.T", {"y @ y.T", "x @ x.T"}),
    ("neighbour", "return x.exp().to(device=x.device)", {"y.exp()"}),
    ("unpacking", "B, T, D = x.shape", {"T, B, D = ...", "B, D, T = ..."}),
    ("returned", "return x", {"return y", "return -x", "return x.detach()"}),
    ("dimension dropped", "return x.sum(dim=1)", {"x.sum()"}),
    ("diagonal", "return x.triu()", {"x.triu(1)", "x.triu(-1)"}),
    ("slice", "return x[:, :-1]", {"x[:, :]", "x[:, :-2]", "x[:, 1:-1]"}),
    ("slice", "return x[..., ::2]", {"x[..., 1::2]", "x[..., :]", "x[..., ::3]"}),
    ("slice", "return x[:n]", {"x[:n + 1]", "x[:n - 1]", "x[1:n]"}),
    ("counting", "return range(n)", {"range(n + 1)", "range(n - 1)", "range(1, n)"}),
    ("counting", "return torch.arange(n - 1)", {"torch.arange(n - 2)", "torch.arange(1, n)"}),
    ("index order", "return x[:, None]", {"x[None, :]"}),
    ("dropped axis", "return x[:, None]", {"x"}),
    ("number", "return n + 3", {"n + 4", "n + 2", "n + 6"}),
    ("number", "return n == 3", {"n == 4", "n == 2", "n == 0", "n == 6"}),
    ("number", "return x * 0.5", {"x * 0.0", "x * 0.25", "x * -0.5"}),
    ("number", "return x.softmax(-1)", {"x.softmax(0)", "x.softmax(1)", "x.softmax(-2)"}),
    ("number", "return x.transpose(1, 2)", {f"x.transpose({d})" for d in ("0, 2", "-1, 2", "1, 3")}),
    ("number", "return x.shape[0]", {"x.shape[1]", "x.shape[-1]"}),
    ("number", "return x[-1]", {"x[0]", "x[-2]"}),
    ("number", "return x.triu(1)", {"x.triu(2)", "x.triu(0)"}),
    ("number", "return nn.Linear(n, 64)", {"nn.Linear(n, 65)"}),
    ("number", "return F.pad(x, -math.inf)", {"F.pad(x, 0.0)", "F.pad(x, -1000000000.0)"}),
    ("branch", "if n: x = y", {"if True:", "if False:"}),
    ("branch", "return [a for a in x if a]", {"[a for a in x]"}),
    ("augmented", "x = x + y", {"x += y"}),
    ("dropped statement", "x = x + 1", {"pass"}),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "line", "wanted"), LINES, ids=[f"{one[0]}: {one[1]}" for one in LINES])
def test_an_operator_makes_the_slips_of_its_family(operator: str, line: str, wanted: set[str]) -> None:
    assert afters(function(line), operator) == wanted


def test_every_operator_has_a_test() -> None:
    elsewhere = {"layer", "gradients recorded", "order"}
    assert {line[0] for line in LINES} | elsewhere == set(OPERATORS)


def test_layers_that_are_made_alike_are_taken_for_each_other() -> None:
    assert afters(module("return self.norm1(x)"), "layer") == {"self.norm2(x)"}
    assert afters(module("return self.norm1(x)"), "dropped wrapper") == {"x"}


def test_gradients_are_recorded_where_they_should_not_be() -> None:
    assert afters(function("with torch.no_grad():", "    x = y", "return x"), "gradients recorded") == {
        "its block alone"
    }
    decorated = function("return x").replace("def f", "@torch.no_grad()\ndef f")
    assert afters(decorated, "gradients recorded") == {"def f"}
    assert "return x.detach()" not in afters(decorated, "returned")


def test_steps_of_training_change_their_order() -> None:
    zero, back, step = "eps.zero_grad()", "x.backward()", "eps.step()"
    assert afters(function("x = y", zero, back, step), "order") == {
        f"{back}; {zero}", f"{step}; {back}", f"{back}; {step}; {zero}",
    }  # fmt: skip


def test_a_default_of_a_parameter_is_told_with_its_name() -> None:
    source = function("return x", parameters="x, eps=1e-5, dim=-1, *, causal=True, reduction='mean'")
    assert afters(source, "number") == {"eps=2e-05", "eps=0.0", "dim=0", "dim=1", "dim=-2"}
    assert afters(source, "flag") == {"causal=False"}
    assert afters(source, "option") == {"reduction='sum'", "reduction='none'"}


def test_loop_variables_are_taken_for_each_other() -> None:
    source = function("for i in range(n):", "    for j in range(n):", "        y[i, j] = x[i, j]")
    assert {"y[j, j]", "y[i, i]", "x[j, j]", "x[i, i]"} <= afters(source, "neighbour")


def test_a_name_is_never_left_without_a_value() -> None:
    assert afters(function("a = x + 1", "return a"), "dropped statement") == set()
    both = function("if n:", "    a = x", "else:", "    a = y", "return a")
    assert afters(both, "dropped statement") == set()
    assert afters(both, "branch") == {"if True:", "if False:"}
    leaves = function("if n:", "    return x", "else:", "    a = y", "return a")
    assert afters(leaves, "branch") == {"if True:", "if False:"} and afters(leaves, "dropped statement") == set()
    assert afters(module("self.count = 1", "return self.count"), "dropped statement") == {"pass"}  # super().__init__()


def test_a_branch_that_only_raises_is_not_made_to_raise_always() -> None:
    source = function("if n < 1:", "    raise ValueError(f'{n} is ' + 'less than 1')", "return x")
    assert afters(source, "branch") == {"if False:"}
    assert all("'less than 1'" in one.source for one in mutants(source) if one.operator != "branch")


def test_documentation_annotations_and_imports_are_untouched() -> None:
    source = '"""One."""\nimport math\n__all__ = ["f"]\ndef f(x: int = 7) -> "list[1]":\n    """Two."""\n    return x\n'
    for one in mutants(source):
        for kept in ('"""One."""', "import math", "__all__ = ['f']", "x: int=", "-> 'list[1]'", '"""Two."""'):
            assert kept in one.source


def test_a_key_stays_when_other_lines_change() -> None:
    line = "return F.softmax(x @ y / math.sqrt(n), dim=-1)"
    alone = {one.key for one in mutants(function(line))}
    moved = {
        one.key for one in mutants(function("'A comment.'", "assert n", line, parameters="x, y, eps: float, n: int"))
    }
    assert alone <= moved


def test_a_key_that_comes_again_is_numbered_in_the_order_of_the_lines() -> None:
    found = [one for one in mutants(function("x = F.relu(x)", "return F.relu(x)")) if one.operator == "dropped wrapper"]
    assert [one.key for one in found] == ["dropped wrapper: F.relu(x) -> x", "dropped wrapper: F.relu(x) -> x #2"]
    assert [one.line for one in found] == [7, 8]


@cache
def of_reference(path: Path) -> list[Mutant]:
    return mutants(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [entry.reference for entry in DRAWN], ids=lambda path: path.parent.name)
def test_mutants_of_a_reference_are_many_distinct_programs(path: Path) -> None:
    found = of_reference(path)
    programs = [ast.dump(ast.parse(one.source)) for one in found]
    original = ast.dump(ast.parse(path.read_text(encoding="utf-8")))
    assert len(found) >= 12
    assert len(set(programs)) == len(programs) and original not in programs
    assert len({one.key for one in found}) == len(found)
    for one in found:
        compile(one.source, path.name, "exec")
        assert one.key.startswith(f"{one.operator}: {one.before} -> {one.after}")
