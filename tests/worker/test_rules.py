"""Forbidden callables are found in the source and refused at run time."""

from __future__ import annotations

import ast
import sys

import pytest
import torch
import torch.nn.functional as F

from grader.worker.rules import ForbiddenCall, replace_forbidden, violations
from grader.worker.suspicions import suspicions

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
        "torch.special.softmax",
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
    monkeypatch.setattr(torch.nn.PixelShuffle, "__init__", torch.nn.PixelShuffle.__init__)
    replace_forbidden(["torch.nn.PixelShuffle"], [])
    assert isinstance(torch.nn.PixelShuffle, type)
    with pytest.raises(ForbiddenCall):
        torch.nn.PixelShuffle(2)
    with pytest.raises(ForbiddenCall):
        torch.nn.modules.pixelshuffle.PixelShuffle(2)


def test_a_class_that_inherits_from_a_forbidden_one_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    inheriting = torch.ao.nn.quantizable.MultiheadAttention
    for one in (torch.nn.MultiheadAttention, inheriting, torch.ao.nn.quantized.MultiheadAttention):
        monkeypatch.setattr(one, "__init__", one.__init__)

    class Others(torch.nn.MultiheadAttention):
        def __init__(self) -> None:
            torch.nn.Module.__init__(self)

    called: list[str] = []
    replace_forbidden(["torch.nn.MultiheadAttention"], called)
    with pytest.raises(ForbiddenCall):
        inheriting(4, 1)
    assert called == ["torch.nn.MultiheadAttention"]
    Others()  # not torch's


SCRIPT = 'if __name__ == "__main__":\n    import torch\n    torch.nn.functional.softmax(x, -1)\n'


def test_what_runs_only_as_a_script_may_use_anything() -> None:
    assert violations(ast.parse(SCRIPT + "print(type(3).__name__, __name__)"), [SOFTMAX]) == []


@pytest.mark.parametrize(
    "source",
    [
        f"{SCRIPT.replace('torch.nn.functional.softmax(x, -1)', 'pass')}else:\n    torch.nn.functional.softmax(x, -1)",
        f"__name__ = '__main__'\n{SCRIPT}",
        f"(__name__ := '__main__')\n{SCRIPT}",
        f"from a import b as __name__\n{SCRIPT}",
        f"def f():\n    global __name__\n{SCRIPT}",
        f"def __name__(): pass\n{SCRIPT}",
        f"setattr(x, '__name__', '__main__')\n{SCRIPT}",
        f"match y:\n    case __name__: pass\n{SCRIPT}",
        f"f(__name__='__main__')\n{SCRIPT}",
    ],
)
def test_what_only_looks_like_a_script_may_not(source: str) -> None:
    head = "import torch\n" if "else:" in source else ""
    assert SOFTMAX in {found.what for found in violations(ast.parse(head + source), [SOFTMAX])}


def test_a_name_may_mean_what_any_of_its_imports_says() -> None:
    source = "import torch\nif x:\n    import math as torch\ny = torch.nn.functional.softmax(x, -1)"
    assert SOFTMAX in {found.what for found in violations(ast.parse(source), [SOFTMAX])}


def test_a_forbidden_name_in_a_module_that_is_not_loaded_is_found_in_the_source() -> None:
    name = "torch.nn.attention.flex_attention.flex_attention"
    sys.modules.pop("torch.nn.attention.flex_attention", None)
    replace_forbidden([name], [])  # imports nothing: that would take a second
    assert "torch.nn.attention.flex_attention" not in sys.modules
    source = "from torch.nn.attention.flex_attention import flex_attention"
    assert [found.what for found in violations(ast.parse(source), [name])] == [name]
    star = "from torch.nn.attention.flex_attention import *"
    assert violations(ast.parse(star), [name])
    assert not violations(ast.parse("from torch.nn.functional import *"), [name, SOFTMAX])


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
        ("from functools import reduce\nreduce(getattr, ['a'], x)", "getattr"),
        ("import torch\nt = torch", "torch"),
        ("import torch\ndef f(x, t=torch.nn.functional): pass", "torch.nn.functional"),
        ("import torch\ntorch.sys.modules", "sys.modules"),
        ("import typing\ntyping.sys.modules", "sys.modules"),
        ("from typing import sys", "sys"),
        ("import pydoc", "pydoc"),
        ("from operator import attrgetter as find", "operator.attrgetter"),
        ("import torch\ntorch.jit.CompilationUnit(x)", "torch.jit.CompilationUnit"),
        ("import torch\nsuper(torch.Tensor, x).softmax(0)", "super"),
        ("import torch\nf = torch.exp\nf.__self__", "__self__"),
        ("import torch\ntorch.__dict__", "__dict__"),
        ("import torch\nf = torch.exp\ngetattr(f, '__self__')", "getattr"),
        ("match x:\n    case object(__self__=y): pass", "__self__"),
        ("match x:\n    case object(_inner=y): pass", "_inner"),
        ("x._inner", "_inner"),
        ("f()._softmax(x)", "_softmax"),
        ("class A:\n    def _softmax(self): pass\nA()._softmax(x)", "_softmax"),
        ("class A:\n    def f(self): self._softmax(x)", "_softmax"),
        ("class A:\n    import torch", "import"),
        ("class A:\n    if x:\n        from torch import nn", "import"),
        ("import torch\nif x:\n    import math as torch\ntorch._softmax(x)", "torch._softmax"),
        ("locals()", "locals"),
        ("from torch.nn.functional import *", "torch.nn.functional.*"),
        ("from numpy.testing import runstring", "numpy.testing.runstring"),
        ("import torch\ntorch.utils.benchmark.Timer", "torch.utils.benchmark.Timer"),
        ("import functools\n@functools.singledispatch\ndef f(x): pass", "functools.singledispatch"),
        ("getattr(f, '__glo' + 'bals__')", "getattr"),
        ("getattr(f, ''.join(x))", "getattr"),
        ("getattr(f, names[0])", "getattr"),
        ("getattr(f, f\"{'soft'}max\")", "getattr"),
        ("getattr(f, f'__{x}')", "getattr"),
        ("getattr(f, '_inner')", "getattr"),
        ("getattr(*x)", "getattr"),
        ("name = '__globals__'\ngetattr(f, name)", "__globals__"),
        ("setattr(f, 'a' + 'b', 3)", "setattr"),
        ("import torch\ntorch.equal = f", "torch.equal"),
        ("import torch\ndel torch.equal", "torch.equal"),
        ("import torch.nn.functional as F\nfor F.relu in x: pass", "torch.nn.functional.relu"),
        ("from torch import nn\nsetattr(nn.Linear, 'forward', f)", "setattr"),
        ("from torch import nn\ndelattr(nn.Linear, 'forward')", "delattr"),
        ("import torch\ntorch.__setattr__('equal', f)", "torch.__setattr__"),
    ],
)
def test_suspicious_things_are_noted(source: str, what: str) -> None:
    assert what in {found.what for found in suspicions(ast.parse(source), [])}


def test_ordinary_code_is_not_suspicious() -> None:
    source = (
        "from __future__ import annotations\nimport math\nimport torch\nfrom torch import Tensor, nn\n"
        "import torch.nn.functional as F\n\nclass Net(nn.Module):\n    def forward(self, x: Tensor) -> Tensor:\n"
        "        return F.relu(x) * math.pi\n"
        "\nclass Deep(Net):\n    def __init__(self) -> None:\n        super(Deep, self).__init__()\n"
        "        self.act = F.relu\n        self.size = getattr(self.act, 'size', 3)\n"
        "        self._scale: float = 2.0\n        self._modules.clear()\n        super()._apply(F.relu)\n"
        "        for name in ('a', 'b'):\n            setattr(self, name, getattr(self, f'{name}_l{0}'))\n"
        "        setattr(self, 'c', getattr(self, name))\n"
        "\ndef scale(net: Deep, point: object) -> object:\n    return net._scale, point._replace(x=3)\n"
    )
    assert suspicions(ast.parse(source), []) == []


def test_what_a_question_allows_is_not_worth_a_look() -> None:
    source = "import os\nimport pathlib\nopen(os.path.join('a', 'b'))\nos.system('ls')\npathlib.Path('a')\n"
    found = {finding.what for finding in suspicions(ast.parse(source), ["open", "os.path", "pathlib"])}
    assert found == {"os.system"}
