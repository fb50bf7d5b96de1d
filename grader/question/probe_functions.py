"""Probes, found by reading the files that define them and never by running these.

The built-in ones are the functions of the worker's own file, which needs torch; a question's own are those of its
probes.py, which nobody trusts here.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from grader.errors import SpecError
from grader.question.positions import plain_file, shown

WORKERS = Path(__file__).resolve().parents[1] / "worker" / "probes.py"


@dataclass(frozen=True)
class BuiltInProbe:
    """What `@built_in` declares of a probe; see there."""

    needs: Literal["calls", "construct"] | None = None
    compared: bool = True
    in_specs: bool = True
    calls: bool = False


@cache
def built_in_probes() -> dict[str, BuiltInProbe]:
    """The built-in probes by name, in the order of the file."""
    found = {}
    for node in ast.parse(WORKERS.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            for declaration in filter(_is_declaration, node.decorator_list):
                assert isinstance(declaration, ast.Call)
                options = {str(option.arg): ast.literal_eval(option.value) for option in declaration.keywords}
                found[node.name] = BuiltInProbe(**options)
    return found


def _is_declaration(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "built_in"


@dataclass(frozen=True)
class ProbeFunction:
    """The signature of one probe, without its first parameter, the solution."""

    names: list[str]  # of all arguments that can go by keyword
    required: list[str]  # those without a default
    takes_any: bool  # it has **others


def read_probes(path: Path) -> dict[str, ProbeFunction]:
    """The public functions of a file by name; empty where there is no file. Raises SpecError."""
    if not path.exists():
        return {}
    try:
        plain_file(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise SpecError(f"{shown(path)}:{error.lineno or 1}:{error.offset or 1}: {error.msg}") from None
    except (OSError, ValueError, MemoryError, RecursionError) as error:
        raise SpecError(f"{shown(path)}: can't be read: {error}") from None
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found[node.name] = _signature(node, path)
    return found


def _signature(node: ast.FunctionDef, path: Path) -> ProbeFunction:
    where = f"{shown(path)}:{node.lineno}:{node.col_offset + 1}"
    if node.name in built_in_probes():
        raise SpecError(f"{where}: '{node.name}' is the name of a built-in probe; take another")
    positional = [*node.args.posonlyargs, *node.args.args]
    keywords = node.args.kwonlyargs
    first = len(positional) - len(node.args.defaults)
    required = [argument.arg for argument in positional[:first]]
    required += [a.arg for a, default in zip(keywords, node.args.kw_defaults, strict=True) if default is None]
    return ProbeFunction(
        names=[argument.arg for argument in [*positional[1:], *keywords]],
        required=[name for name in required if not positional or name != positional[0].arg],
        takes_any=node.args.kwarg is not None,
    )
