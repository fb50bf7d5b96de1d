"""Rewriting a source file into another one that means the same. Each gives None where it finds nothing to rewrite."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from typing import TypeVar

from grader.verify.styles.numeric import Numeric, draws

Function = ast.FunctionDef | ast.AsyncFunctionDef
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Node = TypeVar("Node", bound=ast.AST)

# Annotations whose classes are safe to ask for. A float may come as an int.
_CLASSES = frozenset(
    "int float bool str list tuple dict Tensor torch.Tensor nn.Module torch.nn.Module torch.optim.Optimizer".split()
)
_READ_NAMES = frozenset({"locals", "vars", "eval", "exec"})  # what looks at the names of variables

DECORATOR = """
import functools as _right_functools


def _right_decorated(function):
    @_right_functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper
"""


def _rewritten(source: str, rewrite: Callable[[ast.Module], int]) -> str | None:
    tree = ast.parse(source)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n" if rewrite(tree) else None


# --- names ---


def renamed(source: str) -> str | None:
    """Local variables get another name; arguments, attributes and globals keep theirs."""
    return _rewritten(source, _rename_locals)


def _rename_locals(tree: ast.Module) -> int:
    if any(name.id in _READ_NAMES for name in _all(tree, ast.Name)):
        return 0
    taken = {name.id for name in _all(tree, ast.Name)} | _top_names(tree) | set(dir(builtins))
    return sum(_rename_in(function, taken, _top_names(tree)) for function in _outermost(tree))


def _rename_in(function: Function, taken: set[str], top: set[str]) -> int:
    new = {name: _free(name, taken) for name in _locals(function) - top - set(dir(builtins))}
    for node in _all(function, ast.Name):
        node.id = new.get(node.id, node.id)
    return len(new)


def _free(name: str, taken: set[str]) -> str:
    new = f"{name}_renamed"
    while new in taken:
        new += "_"
    return new


def _outermost(node: ast.AST) -> Iterator[Function]:
    """Functions and methods, without those inside others."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from _outermost(child)


def _locals(function: Function) -> set[str]:
    """What is assigned anywhere in a function, inner ones included, and is nothing else as well."""
    assigned = {name.id for name in _all(function, ast.Name) if isinstance(name.ctx, ast.Store)}
    return {name for name in assigned - _otherwise_bound(function) if not name.startswith("__")}


def _otherwise_bound(function: Function) -> set[str]:
    """Names that are arguments, classes' attributes, or bound by what has no Name of its own."""
    bound: set[str] = {argument.arg for argument in _all(function, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Global | ast.Nonlocal):
            bound |= set(node.names)
        elif isinstance(node, ast.ClassDef):
            bound |= {name.id for name in _all(node, ast.Name)} | {node.name}
        elif isinstance(node, Function | ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            bound.add(node.rest)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
    return bound


def _top_names(tree: ast.Module) -> set[str]:
    """What may be bound at the top level: everything outside functions."""
    names: set[str] = set()
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, Function | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Name):
            names.add(node.id)
        if not isinstance(node, _Scope):
            todo.extend(ast.iter_child_nodes(node))
    return names


def _all(root: ast.AST, kind: type[Node]) -> list[Node]:
    return [node for node in ast.walk(root) if isinstance(node, kind)]


# --- arithmetic ---


def swapped(source: str) -> str | None:
    """`a + b` as `b + a` and `a * b` as `b * a`, where both are surely numbers or tensors."""
    return _rewritten(source, _swap_operands)


def _swap_operands(tree: ast.Module) -> int:
    count = 0
    for node, numeric in _operations(tree):
        if _commutes(node, numeric) and not (draws(node.left) and draws(node.right)):
            node.left, node.right = node.right, node.left
            count += 1
    return count


def _commutes(node: ast.BinOp, numeric: Numeric) -> bool:
    """A list or a string times a number commutes too."""
    return isinstance(node.op, ast.Mult) or (isinstance(node.op, ast.Add) and numeric.surely(node))


def reassociated(source: str) -> str | None:
    """`a + b + c` as `a + (b + c)`, where they are surely numbers or tensors."""
    return _rewritten(source, _reassociate)


def _reassociate(tree: ast.Module) -> int:
    count = 0
    for node, numeric in _operations(tree):
        inner = node.left
        if _is_sum(node) and isinstance(inner, ast.BinOp) and _is_sum(inner) and numeric.surely(node):
            node.left, node.right = inner.left, ast.BinOp(inner.right, ast.Add(), node.right)
            count += 1
    return count


def _is_sum(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.Add)


def _operations(tree: ast.Module) -> list[tuple[ast.BinOp, Numeric]]:
    """All operations in functions, inner ones first, each with what is known of its function's names."""
    return [
        (node, numeric)
        for function in _outermost(tree)
        for numeric in [Numeric(tree, function)]
        for node in reversed(_all(function, ast.BinOp))
    ]


# --- what stands around the code ---


def decorated(source: str) -> str | None:
    """A decorator that does nothing around every function and method."""
    return _rewritten(source, _decorate)


def _decorate(tree: ast.Module) -> int:
    functions = [node for node in _outermost(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        function.decorator_list.append(ast.Name("_right_decorated", ast.Load()))
    _insert(tree, ast.parse(DECORATOR).body)
    return len(functions)


def _insert(tree: ast.Module, nodes: list[ast.stmt]) -> None:
    """Behind the docstring and the imports from __future__, which must stand first."""
    index = int(ast.get_docstring(tree) is not None)
    while index < len(tree.body) and _is_future(tree.body[index]):
        index += 1
    tree.body[index:index] = nodes


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def bare(source: str) -> str | None:
    """Functions without annotations, and nothing with a docstring."""
    return _rewritten(source, _strip)


def _strip(tree: ast.Module) -> int:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, Function | ast.ClassDef):
            _strip_definition(node)
    return 1


def _strip_definition(node: Function | ast.ClassDef) -> None:
    if isinstance(node, Function):
        node.returns = None
    if ast.get_docstring(node) is not None:
        node.body = node.body[1:] or [ast.Pass()]


def checking(source: str) -> str | None:
    """Every function looks at the types of its arguments, and the file prints when it is loaded."""
    return _rewritten(source, _check_types)


def _check_types(tree: ast.Module) -> int:
    known = _top_names(tree) | set(dir(builtins))
    tree.body += ast.parse('print("ready")').body
    count = 0
    for function in _outermost(tree):
        checks = [check for argument in _always_given(function) for check in _type_check(argument, known)]
        start = int(ast.get_docstring(function) is not None)
        function.body[start:start] = checks
        count += len(checks)
    return count


def _always_given(function: Function) -> list[ast.arg]:
    """Arguments without a default: a default may be None whatever the annotation says."""
    arguments = function.args.args
    return arguments[: len(arguments) - len(function.args.defaults)]


def _type_check(argument: ast.arg, known: set[str]) -> list[ast.stmt]:
    kind = ast.unparse(argument.annotation) if argument.annotation else ""
    if kind not in _CLASSES or kind.partition(".")[0] not in known:
        return []
    allowed = "(int, float)" if kind == "float" else kind
    message = f"{argument.arg} must be a {kind}"
    return ast.parse(f"if not isinstance({argument.arg}, {allowed}): raise TypeError({message!r})").body
