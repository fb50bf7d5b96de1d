"""A fingerprint of the code that decides verdicts, and what a proof tries: it tells the proofs of an older judge."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# What draws, prints or remembers, and decides nothing. All else counts; so does a new part, until it is listed here.
APART = (
    "__init__.py",
    "__main__.py",
    "_bank",  # the questions and solutions of an installed package
    "batch",
    "cli",
    "interview",
    "notebook_magic.py",
    "pages",
    "practice",
    "report",
    "sheet",
    "verify/earlier_proofs.py",
    "verify/proof_folder.py",
    "verify/proof_page.py",
    "verify/proofs_lock.py",
    "version.py",  # a release by itself changes no verdict
)


@cache
def judging_code() -> str:
    """sha256 over the modules that decide, by their syntax trees: no comment, docstring or line break changes it."""
    total = hashlib.sha256()
    for path in judging_modules():
        total.update(f"{path.relative_to(PACKAGE).as_posix()}\n{meaning_of(path.read_bytes())}\n".encode())
    return total.hexdigest()


def judging_modules() -> list[Path]:
    """The files of the package that decide, sorted."""
    apart = [PACKAGE / name for name in APART]
    modules = sorted(PACKAGE.rglob("*.py"))
    return [path for path in modules if not any(path.is_relative_to(each) for each in apart)]


def meaning_of(source: bytes) -> str:
    """A program as one text, the same for two that differ in comments, docstrings and layout only.

    `ast.dump` would not do: it differs between versions of Python, and a lock is read by several.
    """
    return "".join(_written(ast.parse(source)))


def _written(value: object) -> Iterator[str]:
    if isinstance(value, ast.AST):
        yield f"{type(value).__name__}("
        for name, field in ast.iter_fields(value):
            if field is not None and field != [] and name != "type_comment":
                yield f"{name}="
                yield from _written(_without_docstring(value) if name == "body" else field)
        yield ")"
    elif isinstance(value, list):
        yield "["
        for each in value:
            yield from _written(each)
        yield "]"
    else:
        yield f"{value!r},"


def _without_docstring(node: ast.AST) -> object:
    body = getattr(node, "body", None)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return body[1:] if isinstance(node, documented) and body and ast.get_docstring(node) is not None else body
