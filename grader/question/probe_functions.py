"""The functions of a probes.py, found by reading it and never by running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from grader.errors import SpecError
from grader.question.positions import plain_file, shown
from grader.question.types import BatteryCheck

BUILT_IN = ("call", "gradients", "parameters", "repeat", "sequence", "raises")
RESERVED = (*BUILT_IN, *get_args(BatteryCheck))  # the battery's checks are probes too


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
    if node.name in RESERVED:
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
