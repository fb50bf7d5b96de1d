"""Small readings of a syntax tree that all operators share."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Nature(Enum):
    """What an expression gives, as far as that can be read."""

    TENSOR = "a tensor that may carry a gradient"
    FIXED = "a tensor that can't: a mask, indices, a table"
    NUMBER = "a plain number"
    OTHER = "anything else, or unknown"


TENSORS = (Nature.TENSOR, Nature.FIXED)


def call_name(node: ast.AST | None) -> str:
    """The last part of the name of what is called: `softmax` of F.softmax(x); empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def root(node: ast.AST) -> str:
    """The name at the start of a dotted path; empty where none starts it."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def line_of(node: ast.AST) -> int:
    """Where the node stands; 0 where it stands nowhere."""
    return int(getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0))


def records_nothing(node: ast.AST) -> bool:
    """A block or function under torch.no_grad() or inference_mode()."""
    if isinstance(node, ast.With):
        return any("no_grad" in text or "inference_mode" in text for text in map(ast.unparse, node.items))
    decorators = getattr(node, "decorator_list", [])
    return any("no_grad" in text or "inference_mode" in text for text in map(ast.unparse, decorators))


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]


@dataclass(frozen=True, eq=False)
class Held:
    """What an attribute of self holds."""

    value: ast.expr
    function: ast.AST  # that assigns it


def attributes(body: ast.ClassDef) -> Iterator[tuple[str, Held]]:
    for function in body.body:
        if isinstance(function, Function):
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    selves = [one for one in node.targets if isinstance(one, ast.Attribute) and is_self(one.value)]
                    yield from ((one.attr, Held(node.value, function)) for one in selves)


def is_shape(node: ast.AST) -> bool:
    """x.shape, x.shape[1:], x.size()"""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        return is_shape(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr == "shape"
    return call_name(node) == "size" and isinstance(node, ast.Call) and not node.args


def parameters(args: ast.arguments) -> list[tuple[ast.arg, ast.expr | None]]:
    """Every named parameter with its default."""
    positional = [*args.posonlyargs, *args.args]
    defaults = [*[None] * (len(positional) - len(args.defaults)), *args.defaults]
    return [*zip(positional, defaults, strict=True), *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
