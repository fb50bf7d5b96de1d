"""What an interviewer should look at: honest answers have no use for it, and no verdict rests on it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import torch

from grader.wire import Finding
from grader.worker.dotted_names import Aliases, aliases_of, by_own_names, dotted_names, resolve

MAX_SUSPICIONS = 100  # that are listed; a last line counts the rest

# Imports are told by what they are not: too many modules run what a string says (pydoc, timeit, typing.get_type_hints).
_USUAL_MODULES = frozenset(
    "__future__ abc array bisect calendar cmath collections contextlib copy dataclasses datetime decimal einops enum "
    "fractions functools heapq itertools json logging math matplotlib numbers numpy operator pandas pprint random re "
    "scipy sklearn statistics string textwrap time torch torchaudio torchvision tqdm typing typing_extensions "
    "unittest warnings".split()
)
_UNUSUAL_PARTS = (
    "functools.singledispatch functools.singledispatchmethod logging.config numpy.ctypeslib numpy.f2py numpy.fromfile "
    "numpy.load numpy.memmap numpy.testing operator.attrgetter operator.methodcaller pandas.eval pandas.read_pickle "
    "string.Formatter torch.classes torch.fx torch.hub torch.jit torch.library torch.load torch.ops torch.overrides "
    "torch.package torch.serialization torch.utils.benchmark torch.utils.cpp_extension torch.utils._python_dispatch "
    "typing.ForwardRef typing.get_type_hints unittest.TestLoader unittest.defaultTestLoader unittest.loader "
    "unittest.main unittest.mock"
).split()
_NAMES = frozenset(
    "eval exec compile open __import__ globals locals vars __builtins__ breakpoint input __loader__ __spec__".split()
)
_ATTRIBUTES = frozenset(
    "__globals__ __subclasses__ __code__ __closure__ __mro__ __bases__ f_back f_globals f_locals tb_frame "
    "gi_frame cr_frame ag_frame __getattribute__ __reduce__ __torch_function__ __torch_dispatch__ __loader__ "
    "__builtins__ __base__ mro __wrapped__ __self__ __dict__ _C _nn _VF _VariableFunctions _ops aten".split()
)
_BY_NAME = ("getattr", "setattr", "delattr")  # the built-in functions that take an attribute's name
_HIDDEN = frozenset(name for name in _ATTRIBUTES if name.startswith("_"))  # what no string says by chance
_OF_NAMED_TUPLES = frozenset("_asdict _field_defaults _fields _make _replace".split())  # documented, unlike others


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_" and name not in _OF_NAMED_TUPLES


# Private, and worth a detour. A submission that defines such a name may do so to hide the use of the other one.
_INNER = frozenset(
    name for owner in (torch, torch.Tensor, torch.nn.functional) for name in dir(owner) if _is_private(name)
)


def suspicions(tree: ast.Module, allow: list[str]) -> list[Finding]:
    """What is worth a look, at most one of a kind a line, but for what the question allows."""
    aliases = aliases_of(tree)
    used = [*dotted_names(tree, aliases), *_bare_names(tree, aliases)]
    found = {
        Finding(line, name)
        for line, name in used
        if _suspicious_name(name) and not any(_is_allowed(name, one) for one in allow)
    }
    ways = (_attributes(tree, aliases), _lookups(tree, aliases), _handed_on(tree, aliases), _statements(tree, aliases))
    found |= {Finding(line, name) for way in ways for line, name in way if name not in allow}
    ordered = sorted(found, key=lambda finding: (finding.line, finding.what))
    if len(ordered) > MAX_SUSPICIONS:
        rest = len(ordered) - MAX_SUSPICIONS
        ordered[MAX_SUSPICIONS:] = [Finding(ordered[MAX_SUSPICIONS].line, f"… and {rest} more from here on")]
    return ordered


def _is_allowed(name: str, allowed: str) -> bool:
    """With `os.path` are allowed `os.path.join`, and `os` as the way there; `os.system` is told by its own name."""
    return name == allowed or name.startswith(f"{allowed}.") or allowed.startswith(f"{name}.")


def _bare_names(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _NAMES and node.id not in aliases:
            yield node.lineno, node.id


def _suspicious_name(name: str) -> bool:
    top = name.partition(".")[0]
    return (
        name in _NAMES
        or top not in _USUAL_MODULES
        or any(name == part or name.startswith(part + ".") for part in _UNUSUAL_PARTS)
        or any(_is_private(part) for part in name.split("."))
        or name.endswith(".*")  # a star import: no name after it is known
    )


# --- attributes of things that were not imported by the name they are used by ---


class _Own:
    """The private names that a file defines itself."""

    def __init__(self, tree: ast.Module) -> None:
        self._names = {name for node in ast.walk(tree) for name in _defined(node)}

    def is_suspicious(self, name: str, owner: ast.expr | None) -> bool:
        """Whether the attribute `name` of `owner` is nobody's business but that of a library."""
        if not _is_private(name):
            return False
        if owner is not None and _is_itself(owner):
            return name in _INNER and name not in self._names
        return name in _INNER or name not in self._names


def _defined(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_itself(node.value):
        yield node.attr


def _is_itself(node: ast.expr) -> bool:
    """`self`, `cls` or `super()`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "super"
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _attributes(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    own = _Own(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            imported = resolve(node, aliases)  # then it is told by its dotted name
            if node.attr in _ATTRIBUTES or (not imported and own.is_suspicious(node.attr, node.value)):
                yield node.lineno, node.attr
        elif isinstance(node, ast.MatchClass):
            names = (name for name in node.kwd_attrs if name in _ATTRIBUTES or own.is_suspicious(name, None))
            yield from ((node.lineno, name) for name in names)
        elif isinstance(node, ast.Constant) and node.value in _HIDDEN:  # for a look-up further on
            yield node.lineno, str(node.value)


# --- attributes that are named by a string ---


def _lookups(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    """`getattr(torch, name)`, `getattr(f, "__" + "self__")`, `setattr(nn.Linear, "forward", f)`."""
    own = _Own(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _BY_NAME):
            continue
        if len(node.args) < 2 or any(isinstance(one, ast.Starred) for one in node.args):
            yield node.lineno, node.func.id
            continue
        owner, name = node.args[:2]
        imported = resolve(owner, aliases)
        if node.func.id == "getattr":
            imported = {one for one in imported if one.partition(".")[0] == "torch"}
        if imported or _hides(name) or _is_told(name, owner, aliases, own):
            yield node.lineno, node.func.id


def _hides(name: ast.expr) -> bool:
    """Whether a name is made where it is used, so that it can't be read. A variable is what honest answers use."""
    if isinstance(name, ast.JoinedStr):
        inner = [node for part in name.values if isinstance(part, ast.FormattedValue) for node in ast.walk(part.value)]
        if any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in inner):
            return True
        first = name.values[0] if name.values else None
        return isinstance(first, ast.Constant) and str(first.value).startswith("__")
    return not isinstance(name, ast.Constant | ast.Name | ast.Attribute)


def _is_told(name: ast.expr, owner: ast.expr, aliases: Aliases, own: _Own) -> bool:
    """Whether a name that can be read would be listed as an attribute too."""
    if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
        return False
    if name.value in _ATTRIBUTES | _NAMES or own.is_suspicious(name.value, owner):
        return True
    return any(_suspicious_name(by_own_names(f"{one}.{name.value}")) for one in resolve(owner, aliases))


# --- what takes a thing's name away, or puts another thing under it ---


def _handed_on(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    """`t = torch`, `reduce(getattr, ...)`: under a name that says nothing."""
    plain = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}  # torch in torch.exp
    plain |= {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in plain:
            if isinstance(node, ast.Name) and node.id == "getattr":
                yield node.lineno, node.id
            yield from ((node.lineno, name) for name in resolve(node, aliases) if name in sys.modules)


def _statements(tree: ast.Module, aliases: Aliases) -> Iterator[tuple[int, str]]:
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _goes_beyond(node, classes):
            yield node.lineno, "super"
        elif isinstance(node, ast.ClassDef):  # Class.torch has no name that is known
            inside = (one for statement in node.body for one in _of_one_scope(statement))
            yield from ((one.lineno, "import") for one in inside if isinstance(one, ast.Import | ast.ImportFrom))
        elif isinstance(node, ast.Attribute):
            replaced = isinstance(node.ctx, ast.Store | ast.Del)
            for name in resolve(node, aliases):
                owner, _, attribute = name.rpartition(".")
                if replaced or (attribute in ("__setattr__", "__delattr__") and owner in sys.modules):
                    yield node.lineno, name


def _of_one_scope(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _of_one_scope(child)


def _goes_beyond(call: ast.Call, classes: set[str]) -> bool:
    """`super(torch.Tensor, x).softmax`: the method of a class that can't be changed."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "super" and call.args):
        return False
    return not (isinstance(call.args[0], ast.Name) and call.args[0].id in classes)
