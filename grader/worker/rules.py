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

LOOP = "loop"  # the word in `forbid` for every loop and comprehension
# Listed once, before the fork: walking sys.modules in a child writes to thousands of reference counts, so that
# their pages are copied, 10 ms and 10 MB for each child.
_TORCH_NN = [m for name, m in sys.modules.items() if name.startswith(("torch.nn.", "torch._C._nn"))]
MAX_SUSPICIONS = 100  # that are listed; a last line counts the rest
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.comprehension)

# Not forbidden: an interviewer is told of them, because honest answers have no use for them.
_SUSPICIOUS_MODULES = (
    "_thread ast asyncio atexit builtins code concurrent ctypes dis faulthandler fcntl gc grader importlib "
    "inspect io linecache marshal mmap multiprocessing os pathlib pickle pkgutil platform posix resource runpy "
    "select shutil signal site socket sqlite3 subprocess sys sysconfig tempfile threading traceback types weakref "
    "torch._C torch.ops torch.library torch.utils.cpp_extension torch.overrides torch.utils._python_dispatch"
).split()
_SUSPICIOUS_NAMES = frozenset(
    "eval exec compile open __import__ globals vars __builtins__ breakpoint input __loader__ __spec__".split()
)
_SUSPICIOUS_ATTRIBUTES = frozenset(
    "__globals__ __subclasses__ __code__ __closure__ __mro__ __bases__ f_back f_globals f_locals tb_frame "
    "gi_frame __getattribute__ __reduce__ __torch_function__ __torch_dispatch__ __loader__ __builtins__ "
    "__base__ mro __wrapped__ _C _nn _VF _VariableFunctions _ops aten".split()
)
# Where torch keeps what it offers under another name as well. No honest answer needs these names.
_BACK_DOORS = ("torch._C.", "torch._VF.", "torch.ops.", "torch._ops.", "torch.nn.modules.")


class ForbiddenCall(RuntimeError):
    """The submission called something that the question forbids."""


def violations(tree: ast.Module, forbid: list[str]) -> list[Finding]:
    """The forbidden names and loops that the source itself shows."""
    tree = _without_script(tree)
    found = {Finding(line, name) for line, name in _dotted_names(tree) if _is_forbidden(name, forbid)}
    if LOOP in forbid:
        found |= {Finding(_line(node), LOOP) for node in ast.walk(tree) if isinstance(node, _LOOPS)}
    return sorted(found, key=lambda finding: (finding.line, finding.what))


def _without_script(tree: ast.Module) -> ast.Module:
    """The tree without what runs only as a script: a self-test may well use what the answer must not."""
    kept = [node for node in tree.body if not (isinstance(node, ast.If) and _asks_for_script(node.test))]
    return ast.Module(body=kept, type_ignores=tree.type_ignores)


def _asks_for_script(test: ast.expr) -> bool:
    return ast.unparse(test) in ("__name__ == '__main__'", "'__main__' == __name__")


def _is_forbidden(name: str, forbid: list[str]) -> bool:
    """`torch._C._nn.gelu` is forbidden with `torch.nn.functional.gelu`, and so is what leads there by detours."""
    name = name[name.rfind(".torch.") + 1 :]  # torch.nn.functional.torch._C is torch._C
    last = {one.rpartition(".")[2] for one in forbid if one.startswith("torch.")}
    return name in forbid or (name.startswith(_BACK_DOORS) and not last.isdisjoint(name.split(".")))


def suspicions(tree: ast.Module, allow: list[str]) -> list[Finding]:
    """What an interviewer should look at, at most one of a kind a line, but for what the question allows."""
    aliases = dict(_aliases(tree))
    found = {
        Finding(line, name)
        for line, name in _dotted_names(tree)
        if _suspicious_name(name) and not any(_is_allowed(name, one) for one in allow)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _SUSPICIOUS_ATTRIBUTES:
            found.add(Finding(node.lineno, node.attr))
        elif isinstance(node, ast.Call) and _looks_up_in_torch(node, aliases):
            found.add(Finding(node.lineno, "getattr"))
    ordered = sorted(found, key=lambda finding: (finding.line, finding.what))
    if len(ordered) > MAX_SUSPICIONS:
        rest = len(ordered) - MAX_SUSPICIONS
        ordered[MAX_SUSPICIONS:] = [Finding(ordered[MAX_SUSPICIONS].line, f"… and {rest} more from here on")]
    return ordered


def _is_allowed(name: str, allowed: str) -> bool:
    """With `os.path` are allowed `os.path.join`, and `os` as the way there; `os.system` is told by its own name."""
    return name == allowed or name.startswith(f"{allowed}.") or allowed.startswith(f"{name}.")


def _suspicious_name(name: str) -> bool:
    return (
        name in _SUSPICIOUS_NAMES
        or any(name == module or name.startswith(module + ".") for module in _SUSPICIOUS_MODULES)
        or (name.startswith("torch.") and any(_is_private(part) for part in name.split(".")))
    )


def _is_private(part: str) -> bool:
    return part.startswith("_") and not part.startswith("__")


def _looks_up_in_torch(call: ast.Call, aliases: dict[str, str]) -> bool:
    """`getattr(torch, name)`, which hides the name from this module."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "getattr" and call.args):
        return False
    name = _resolve(call.args[0], aliases)
    return name is not None and name.split(".")[0] == "torch"


def _dotted_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name used, with import aliases resolved: `F.softmax` is torch.nn.functional.softmax."""
    aliases = dict(_aliases(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Attribute | ast.Name):
            name = _resolve(node, aliases)
            if name:
                yield node.lineno, name


def _aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _resolve(node: ast.expr, aliases: dict[str, str]) -> str | None:
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    root = aliases.get(node.id)
    if root is None:
        return node.id if node.id in _SUSPICIOUS_NAMES and not attributes else None
    return ".".join([root, *reversed(attributes)])


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

    if not isinstance(original, type):
        return refuse
    return type(original.__name__, (original,), {"__init__": _as_method(refuse)})


def _as_method(refuse: Callable[..., object]) -> Callable[..., None]:
    def initialise(self: object, *args: object, **kwargs: object) -> None:
        refuse()

    return initialise
