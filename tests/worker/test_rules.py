"""Forbidden callables are found in the source and refused at run time."""

from __future__ import annotations

import ast
import sys

import pytest
import torch
import torch.nn.functional as F

from grader.worker.rules import ForbiddenCall, replace_forbidden, suspicions, violations

SOFTMAX = "torch.nn.functional.softmax"


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ny = torch.nn.functional.softmax(x, -1)",
        "import torch.nn.functional as F\ny = F.softmax(x, -1)",
        "from torch.nn import functional as G\ny = G.softmax(x, -1)",
        "from torch.nn.functional import softmax\n",
        "from torch.nn.functional import softmax as s\ny = s(x)",
        "import torch.nn as nn\ny = nn.functional.softmax",
    ],
)
def test_a_forbidden_name_is_found_under_every_alias(source: str) -> None:
    assert {found.what for found in violations(ast.parse(source), [SOFTMAX])} == {SOFTMAX}


@pytest.mark.parametrize(
    "name",
    [
        "torch._C._nn.softmax",
        "torch._C._VariableFunctions.softmax",
        "torch.ops.aten.softmax.int",
        "torch.nn.modules.activation.softmax",
        "torch.nn.functional.torch._C._nn.softmax",
        "torch.nn.functional.torch.nn.functional.softmax",
    ],
)
def test_another_name_of_the_same_thing_is_found(name: str) -> None:
    assert violations(ast.parse(f"import torch\ny = {name}(x, -1)"), [SOFTMAX])
    assert not violations(ast.parse(f"import torch\ny = {name}(x, -1)"), ["torch.nn.functional.relu", "loop"])


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ny = torch.softmax(x, -1)",
        "# F.softmax\ns = 'torch.nn.functional.softmax'",
        "def softmax(x): return x\ny = softmax(3)",
        "import torch.nn.functional as F\ny = F.softmax_like",
    ],
)
def test_other_names_are_not(source: str) -> None:
    assert violations(ast.parse(source), [SOFTMAX]) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\nfor i in x: pass", 2),
        ("while True: pass", 1),
        ("y = [i for i in x]", 1),
        ("y = {i for i in x}", 1),
        ("y = {i: i for i in x}", 1),
        ("\ny = sum(i for i in x)", 2),
    ],
)
def test_loops_of_every_kind_are_found_with_their_line(source: str, line: int) -> None:
    assert [(found.line, found.what) for found in violations(ast.parse(source), ["loop"])] == [(line, "loop")]


def test_a_forbidden_function_is_refused_and_the_call_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in (F, torch.ops.aten):
        monkeypatch.setattr(owner, "softmax", owner.softmax)  # put back afterwards
    called: list[str] = []
    replace_forbidden([SOFTMAX, "loop"], called)
    with pytest.raises(ForbiddenCall, match="must not be used"):
        F.softmax(torch.zeros(3), -1)
    assert called == [SOFTMAX]


def test_a_forbidden_function_is_refused_under_its_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in (F, torch._C._nn, torch.ops.aten):
        monkeypatch.setattr(owner, "gelu", owner.gelu)
    replace_forbidden(["torch.nn.functional.gelu"], [])
    for function in (F.gelu, torch._C._nn.gelu, torch.ops.aten.gelu):
        with pytest.raises(ForbiddenCall):
            function(torch.zeros(3))


def test_a_forbidden_class_stays_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner in (torch.nn, torch.nn.modules, torch.nn.modules.pixelshuffle):
        monkeypatch.setattr(owner, "PixelShuffle", torch.nn.PixelShuffle)
    replace_forbidden(["torch.nn.PixelShuffle"], [])
    assert isinstance(torch.nn.PixelShuffle, type)
    with pytest.raises(ForbiddenCall):
        torch.nn.PixelShuffle(2)
    with pytest.raises(ForbiddenCall):
        torch.nn.modules.pixelshuffle.PixelShuffle(2)


def test_a_forbidden_name_in_a_module_that_is_not_loaded_is_found_in_the_source() -> None:
    name = "torch.nn.attention.flex_attention.flex_attention"
    sys.modules.pop("torch.nn.attention.flex_attention", None)
    replace_forbidden([name], [])  # imports nothing: that would take a second
    assert "torch.nn.attention.flex_attention" not in sys.modules
    source = "from torch.nn.attention.flex_attention import flex_attention"
    assert [found.what for found in violations(ast.parse(source), [name])] == [name]


def test_a_forbidden_name_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError):
        replace_forbidden(["torch.nn.functional.no_such_thing"], [])


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import ctypes", "ctypes"),
        ("import torch\ntorch._C._foo()", "torch._C._foo"),
        ("import sys\nsys._getframe(1)", "sys._getframe"),
        ("import gc", "gc"),
        ("eval('1')", "eval"),
        ("f.__globals__", "__globals__"),
        ("import torch\ntorch.ops.aten.add", "torch.ops.aten.add"),
        ("import torch\nt = torch\nt._C._nn.gelu", "_C"),
        ("import torch\ntorch._softmax(x)", "torch._softmax"),
        ("import torch.nn.functional as F\ngetattr(F, 'soft' + 'max')", "getattr"),
    ],
)
def test_suspicious_things_are_noted(source: str, what: str) -> None:
    assert what in {found.what for found in suspicions(ast.parse(source), [])}


def test_ordinary_code_is_not_suspicious() -> None:
    source = (
        "from __future__ import annotations\nimport math\nimport torch\nfrom torch import Tensor, nn\n"
        "import torch.nn.functional as F\n\nclass Net(nn.Module):\n    def forward(self, x: Tensor) -> Tensor:\n"
        "        return F.relu(x) * math.pi\n"
    )
    assert suspicions(ast.parse(source), []) == []


def test_what_a_question_allows_is_not_worth_a_look() -> None:
    source = "import os\nimport pathlib\nopen(os.path.join('a', 'b'))\nos.system('ls')\npathlib.Path('a')\n"
    found = {finding.what for finding in suspicions(ast.parse(source), ["open", "os.path", "pathlib"])}
    assert found == {"os.system"}
