"""Places of a syntax tree where something can be exchanged, and how a change is told."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from grader.verify.mutants.facts import Facts, Scope
from grader.verify.mutants.tree_reading import Function

Node = TypeVar("Node", bound=ast.AST)

# Annotations and class headers are no behaviour; operators are exchanged at their expression.
_SKIPPED_FIELDS = {"annotation", "returns", "decorator_list", "bases", "type_params", "ctx", "op", "ops"}
_SKIPPED_NODES = (ast.Import, ast.ImportFrom, ast.Raise, ast.JoinedStr, ast.Global, ast.Nonlocal)
# Too small to be understood alone: a change in one is told with what stands around it.
_SMALL = (ast.Constant, ast.Name, ast.Attribute, ast.Slice, ast.Tuple, ast.List, ast.Starred)
_SMALL_TOO = (ast.keyword, ast.UnaryOp, ast.comprehension)


@dataclass(frozen=True)
class Edit:
    """What takes a node's place: an expression, or statements (none: dropped)."""

    new: ast.AST | list[ast.stmt]
    before: str | None = None  # how the change is told, where code would not tell it
    after: str | None = None
    line: int | None = None  # where the change is, if not at the node's first line


@dataclass(frozen=True, eq=False)
class Place:
    """A node and where it hangs."""

    node: ast.AST
    above: Place | None
    field: str  # of the parent
    index: int | None  # where that field is a list
    facts: Facts

    @property
    def parent(self) -> ast.AST | None:
        return self.above.node if self.above else None

    @property
    def scope(self) -> Scope:
        """Of the function around, or of the module."""
        function = self.function
        return self.facts.scope(function if function is not None else self.facts.tree)

    @property
    def function(self) -> Function | None:
        return next((place.node for place in self.up() if isinstance(place.node, Function)), None)

    def up(self) -> Iterator[Place]:
        """The places above, nearest first."""
        place = self.above
        while place:
            yield place
            place = place.above

    @contextmanager
    def holding(self, new: ast.AST | list[ast.stmt]) -> Iterator[None]:
        """The tree with something else in this place, for the time of the block."""
        parent = self.parent
        old = getattr(parent, self.field)
        if self.index is None:
            value: object = new
        else:
            news = new if isinstance(new, list) else [new]
            value = [*old[: self.index], *news, *old[self.index + 1 :]]
            if not value and self.field in ("body", "finalbody"):
                value = [ast.Pass()]
        setattr(parent, self.field, value)
        try:
            yield
        finally:
            setattr(parent, self.field, old)


def places(tree: ast.Module) -> list[Place]:
    """Every place that may be changed, in the order of the source."""
    return list(_below(Place(tree, None, "", None, Facts(tree))))


def _below(place: Place) -> Iterator[Place]:
    for name, value in ast.iter_fields(place.node):
        if name in _SKIPPED_FIELDS or (isinstance(place.node, ast.ClassDef) and name == "keywords"):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _untouched(node):
                below = Place(node, place, name, index, place.facts)
                yield below
                yield from _below(below)


def _untouched(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring, or `...`
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    if isinstance(node, ast.If):
        return any(isinstance(one, ast.Name) and one.id in ("__name__", "TYPE_CHECKING") for one in ast.walk(node.test))
    return isinstance(node, _SKIPPED_NODES)


def told(place: Place, change: Edit) -> tuple[str, str]:
    """Before and after: the smallest code that lets one understand the change. The tree is as it was."""
    shown = place
    while isinstance(shown.node, (*_SMALL, *_SMALL_TOO)) and shown.above and not _stands_alone(shown):
        shown = shown.above
    before = change.before or _text(shown, shown.node)
    with place.holding(change.new):
        after = change.after or _text(shown, change.new if shown is place else shown.node)
    return before, after


def _stands_alone(place: Place) -> bool:
    if isinstance(place.node, ast.Tuple | ast.List) and place.field == "iter":
        return True
    return isinstance(place.parent, ast.arguments | ast.Module)


def _text(place: Place, node: ast.AST | list[ast.stmt]) -> str:
    if isinstance(node, list):
        return "; ".join(_text(place, one) for one in node) or "pass"
    if isinstance(place.parent, ast.arguments):
        return f"{_parameter(place)}={ast.unparse(node)}"
    if hasattr(node, "body") and isinstance(node, ast.stmt):
        emptied: dict[str, list[ast.stmt]] = {
            name: [] for name in ("orelse", "handlers", "finalbody") if hasattr(node, name)
        }
        node = changed(node, body=[ast.Pass()], **emptied)
        return "; ".join(ast.unparse(node).splitlines()[:-1])
    return "; ".join(ast.unparse(node).splitlines())


def _parameter(default: Place) -> str:
    """The name of the parameter whose default this is."""
    arguments = default.parent
    assert isinstance(arguments, ast.arguments) and default.index is not None
    if default.field == "kw_defaults":
        return arguments.kwonlyargs[default.index].arg
    positional = [*arguments.posonlyargs, *arguments.args]
    return positional[default.index - len(arguments.defaults)].arg


def default_of(place: Place) -> str | None:
    """The name of the parameter whose default stands here."""
    is_default = isinstance(place.parent, ast.arguments) and place.field in ("defaults", "kw_defaults")
    return _parameter(place) if is_default else None


def changed(node: Node, **fields: object) -> Node:
    """A copy of the node with other fields; what is below it is shared."""
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def number(node: ast.AST | None) -> int | float | None:
    """The value of a literal, with its sign; None where it is no number."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    return None


def literal(value: int | float) -> ast.expr:
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def method(receiver: ast.expr, name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(receiver, name, ast.Load()), list(args), [])


def with_keyword(call: ast.Call, name: str, value: object) -> ast.Call:
    return changed(call, keywords=[*call.keywords, ast.keyword(name, ast.Constant(value))])  # type: ignore[arg-type]


def same(a: ast.AST | None, b: ast.AST | None) -> bool:
    """Do both read alike?"""
    return a is not None and b is not None and ast.dump(a) == ast.dump(b)
