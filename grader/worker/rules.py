"""The rules of a question, enforced twice: in the syntax tree, and by replacing what is forbidden."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import torch

from grader.wire import Finding
from grader.worker.dotted_names import aliases_of, by_own_names, dotted_names

LOOP = "loop"  # the word in `forbid` for every loop and comprehension
# Listed once, before the fork: walking sys.modules in a child writes to thousands of reference counts, so that
# their pages are copied, 10 ms and 10 MB for each child.
_TORCH_NN = [m for name, m in sys.modules.items() if name.startswith(("torch.nn.", "torch._C._nn"))]
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.comprehension)
# Where torch keeps what it offers under another name as well. No honest answer needs these names.
_BACK_DOORS = (
    "torch._C.",
    "torch._VF.",
    "torch.ops.",
    "torch._ops.",
    "torch.nn.modules.",
    "torch.special.",
    "torch._refs.",
)


class ForbiddenCall(RuntimeError):
    """The submission called something that the question forbids."""


def violations(tree: ast.Module, forbid: list[str]) -> list[Finding]:
    """The forbidden names and loops that the source itself shows."""
    tree = _without_script(tree)
    names = [*forbid, *(by_own_names(name) for name in forbid), *_modules_not_loaded(forbid)]
    found = {Finding(line, name) for line, name in dotted_names(tree, aliases_of(tree)) if _is_forbidden(name, names)}
    if LOOP in forbid:
        found |= {Finding(_line(node), LOOP) for node in ast.walk(tree) if isinstance(node, _LOOPS)}
    return sorted(found, key=lambda finding: (finding.line, finding.what))


def _modules_not_loaded(forbid: list[str]) -> list[str]:
    """The star imports of what can't be replaced before the submission runs."""
    return [f"{name.rpartition('.')[0]}.*" for name in forbid if name != LOOP and _is_unloaded(name)]


def _without_script(tree: ast.Module) -> ast.Module:
    """The tree without what runs only as a script: a self-test may well use what the answer must not."""
    if _names_itself(tree):
        return tree
    body: list[ast.stmt] = []
    for node in tree.body:
        body += node.orelse if isinstance(node, ast.If) and _asks_for_script(node.test) else [node]
    return ast.Module(body=body, type_ignores=tree.type_ignores)


def _names_itself(tree: ast.Module) -> bool:
    """Whether `__name__` is anything but read somewhere: assigned, imported, declared global, a string for setattr."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            continue
        for _, value in ast.iter_fields(node):
            if value == "__name__" or (isinstance(value, list) and "__name__" in value):
                return True
    return False


def _asks_for_script(test: ast.expr) -> bool:
    return ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _is_forbidden(name: str, forbid: list[str]) -> bool:
    """`torch._C._nn.gelu` is forbidden with `torch.nn.functional.gelu`."""
    last = {one.rpartition(".")[2] for one in forbid if one.startswith("torch.")}
    return name in forbid or (name.startswith(_BACK_DOORS) and not last.isdisjoint(name.split(".")))


def _line(node: ast.AST) -> int:
    if isinstance(node, ast.comprehension):
        return node.target.lineno
    return getattr(node, "lineno", 0)


def replace_forbidden(forbid: list[str], called: list[str]) -> None:
    """Replace each forbidden callable by one that notes the call in `called` and raises ForbiddenCall."""
    for name in forbid:
        if name != LOOP and not _is_unloaded(name):
            owner, attribute = _owner(name)
            original = getattr(owner, attribute)
            refusal = _refusal(name, original, called)
            setattr(owner, attribute, refusal)
            if name.startswith("torch."):
                _close_back_doors(attribute, original, refusal)


def _close_back_doors(attribute: str, original: object, refusal: object) -> None:
    """The same callable wherever else torch keeps it, but for classes written in C, which can't be changed."""
    for module in _TORCH_NN:
        if vars(module).get(attribute) is original:
            setattr(module, attribute, refusal)
    if hasattr(torch.special, attribute):  # another object there, and the same function
        setattr(torch.special, attribute, refusal)
    with suppress(AttributeError):  # no operator has that name
        aten = torch.ops.aten
        setattr(aten, attribute, _RefusedOperator(getattr(aten, attribute), refusal))


class _RefusedOperator:
    """Refuses calls of an operator; what else it has stays, because torch.compile looks at it when imported."""

    def __init__(self, original: object, refusal: Any) -> None:
        self._original = original
        self._refusal = refusal

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._refusal(*args, **kwargs)

    def __getattr__(self, name: str) -> object:
        return getattr(self._original, name)


def _is_unloaded(name: str) -> bool:
    """Whether a name lies in a module that torch imports only when asked: then the source shows the import."""
    module = name.rpartition(".")[0]
    if module in sys.modules or module.rpartition(".")[0] not in sys.modules:
        return False
    return importlib.util.find_spec(module) is not None


def _owner(name: str) -> tuple[object, str]:
    """The object that holds a dotted name's last part. Raises AttributeError where there is none."""
    path, _, attribute = name.rpartition(".")
    parts = path.split(".")
    owner: object = importlib.import_module(parts[0])
    for part in parts[1:]:
        owner = getattr(owner, part)
    getattr(owner, attribute)
    return owner, attribute


def _refusal(name: str, original: object, called: list[str]) -> object:
    def refuse(*args: object, **kwargs: object) -> object:
        called.append(name)
        raise ForbiddenCall(f"`{name}` must not be used in this question")

    return _refused_class(original, refuse) if isinstance(original, type) else refuse


def _refused_class(original: type, refuse: Callable[..., object]) -> type:
    """The class itself and those of torch that inherit from it refuse, wherever a module holds them."""
    try:
        for one in (original, *_subclasses_in_torch(original)):
            type.__setattr__(one, "__init__", _as_method(refuse))
    except TypeError:  # written in C
        return type(original.__name__, (original,), {"__init__": _as_method(refuse)})
    return original


def _subclasses_in_torch(original: type) -> Iterator[type]:
    inheriting: list[type] = type.__subclasses__(original)
    for one in inheriting:
        if one.__module__.startswith("torch."):
            yield one
        yield from _subclasses_in_torch(one)


def _as_method(refuse: Callable[..., object]) -> Callable[..., None]:
    def initialise(self: object, *args: object, **kwargs: object) -> None:
        refuse()

    return initialise
