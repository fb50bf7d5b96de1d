"""The rules of a question, enforced twice: in the syntax tree, and by replacing what is forbidden."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Iterator

from grader.wire import Finding

LOOP = "loop"  # the word in `forbid` for every loop and comprehension
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
    "gi_frame __getattribute__ __reduce__ __torch_function__ __torch_dispatch__ __loader__ __builtins__".split()
)


class ForbiddenCall(RuntimeError):
    """The submission called something that the question forbids."""


def violations(tree: ast.Module, forbid: list[str]) -> list[Finding]:
    """The forbidden names and loops that the source itself shows."""
    found = {Finding(line, name) for line, name in _dotted_names(tree) if name in forbid}
    if LOOP in forbid:
        found |= {Finding(_line(node), LOOP) for node in ast.walk(tree) if isinstance(node, _LOOPS)}
    return sorted(found, key=lambda finding: (finding.line, finding.what))


def suspicions(tree: ast.Module) -> list[Finding]:
    """What an interviewer should look at, at most one of a kind a line."""
    found = {Finding(line, name) for line, name in _dotted_names(tree) if _suspicious_name(name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _SUSPICIOUS_ATTRIBUTES:
            found.add(Finding(node.lineno, node.attr))
    ordered = sorted(found, key=lambda finding: (finding.line, finding.what))
    if len(ordered) > MAX_SUSPICIONS:
        rest = len(ordered) - MAX_SUSPICIONS
        ordered[MAX_SUSPICIONS:] = [Finding(ordered[MAX_SUSPICIONS].line, f"… and {rest} more from here on")]
    return ordered


def _suspicious_name(name: str) -> bool:
    return name in _SUSPICIOUS_NAMES or any(
        name == module or name.startswith(module + ".") for module in _SUSPICIOUS_MODULES
    )


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
        if name != LOOP:
            owner, attribute = _owner(name)
            setattr(owner, attribute, _refusal(name, getattr(owner, attribute), called))


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
