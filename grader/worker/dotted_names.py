"""The dotted names that a source uses, with its imports resolved."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import ModuleType

Aliases = Mapping[str, set[str]]  # by the name in the source, all that it may mean
_PATHS = {"posixpath": "os.path", "ntpath": "os.path"}  # the one module that is better known by a name it has not


def aliases_of(tree: ast.Module) -> Aliases:
    """All that each imported name means anywhere in the file: a later import may never run."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        for name, meaning in _imported(node):
            found[name].add(meaning)
    return dict(found)


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def dotted_names(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    """Every imported name that is used, with its line: `F.softmax` is torch.nn.functional.softmax."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, by_own_names(alias.name)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, by_own_names(f"{node.module}.{alias.name}")) for alias in node.names)
        elif isinstance(node, ast.Attribute | ast.Name):
            yield from ((node.lineno, name) for name in resolve(node, aliases))


def resolve(node: ast.expr, aliases: Aliases) -> set[str]:
    """What `a.b.c` may mean; nothing where `a` was not imported."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return set()
    return {by_own_names(".".join([root, *reversed(attributes)])) for root in aliases.get(node.id, ())}


def by_own_names(name: str) -> str:
    """`torch.sys.modules` is `sys.modules`: the modules that a name leads through, by the names they have."""
    top, *rest = name.split(".")
    known, module = top, sys.modules.get(top)
    while rest and isinstance(module, ModuleType):
        module = vars(module).get(rest[0])
        if isinstance(module, ModuleType):
            known = _PATHS.get(module.__name__, module.__name__)
            del rest[0]
    return ".".join([known, *rest])
