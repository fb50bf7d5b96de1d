"""Strict YAML: plain data, and where in the file each part of it stands.

Scalars follow the core schema of YAML 1.2: `1e-6` is a number, and `no`, `on` and `y` are text. Tags other
than the core ones, merge keys, duplicate keys and several documents are refused, and what a file may grow
to in memory is capped.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import yaml

from grader.errors import SpecError
from grader.question.near_names import nearest, suggestion

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

MAX_BYTES = 1_000_000
MAX_MESSAGE = 1000  # characters of an error
MAX_DEPTH = 40  # of nesting
MAX_VALUES = 200_000  # after aliases are filled in
_TOO_DEEP = f"nested more than {MAX_DEPTH} deep"

Where = tuple[str | int, ...]  # the keys and indices that lead to a part

_TAG = "tag:yaml.org,2002:"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
_PLAIN = (  # a kind of scalar, what it looks like, and the letters that it begins with
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", _FLOAT, list("-+.0123456789")),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def strict_loader(base: Any) -> Any:
    """A loader that resolves plain scalars as YAML 1.2 does; those of 1.1 take `no` for a bool."""
    loader: Any = type("StrictLoader", (base,), {"yaml_implicit_resolvers": {}})
    for kind, pattern, first in _PLAIN:
        loader.add_implicit_resolver(_TAG + kind, re.compile(f"^(?:{pattern})$"), first)
    return loader


_Loader = strict_loader(_Base)


class Source:
    """A file's data with the position of every part."""

    def __init__(self, name: str, root: yaml.Node, data: Any) -> None:
        self.name = name
        self.root = root
        self.data = data

    def error(self, where: Where, message: str, *, key: str | None = None) -> SpecError:
        """An error at the part that `where` leads to, or at the key `key` inside it."""
        mark = self._mark(where, key)
        return _error_at(self.name, mark.line, mark.column, message)

    def has(self, where: Where) -> bool:
        """Whether the file itself states this part."""
        node: yaml.Node | None = self.root
        for step in where:
            node = _child(node, step)
        return node is not None

    def value_at(self, where: Where) -> Any:
        """The plain data of a part that the file states."""
        value = self.data
        for step in where:
            value = value[step]
        return value

    def _mark(self, where: Where, key: str | None) -> yaml.Mark:
        node = self.root
        for step in where:
            child = _child(node, step)
            if child is None:  # a default that the file does not state
                break
            node = child
        if key is not None and isinstance(node, yaml.MappingNode):
            for name, _ in node.value:
                if name.value == key:
                    return name.start_mark  # type: ignore[no-any-return]
        return node.start_mark


def read_yaml(path: Path) -> Source:
    """The data of one file.

    Raises SpecError, with line and column, for everything that is not one clean mapping or list.
    """
    return parse_yaml(read_spec_text(path), shown(path))


def parse_yaml(text: str, name: str) -> Source:
    """The data of a file's text; `name` stands in messages. Raises SpecError."""
    try:
        _require_depth(text, name)
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(name, text, error) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SpecError(f"{name}: not YAML: {' '.join(str(error).split())}") from None
    if root is None:
        raise SpecError(f"{name}:1:1: the file is empty")
    source = Source(name, root, None)
    source.data = _Builder(source).build(root, 0)
    return source


def _require_depth(text: str, name: str) -> None:
    """Events come without recursion; nodes do not, and in libyaml a deep file overflows the stack of the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH + 1:  # the outermost one is at depth 0
            mark: Any = event.start_mark
            raise _error_at(name, mark.line, mark.column, _TOO_DEEP)


def shown(path: Path) -> str:
    """A path as messages show it: relative to the current folder where it lies inside."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value  # type: ignore[no-any-return]
    return None


def read_spec_text(path: Path) -> str:
    """A file's text. Raises SpecError where it is no plain, small UTF-8 file without control characters."""
    name = shown(path)
    try:
        size = plain_file(path).st_size
        if size > MAX_BYTES:
            raise SpecError(f"{name}: {size} bytes; a spec has at most {MAX_BYTES}")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise SpecError(f"{name}: there is no such file") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        reason = getattr(error, "strerror", None) or str(error)
        raise SpecError(f"{name}: can't be read: {reason}") from None
    return _decode(raw, name)


def plain_file(path: Path) -> os.stat_result:
    """What the system says about a file. Raises OSError, and SpecError for a pipe or a device, which may never end."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise SpecError(f"{shown(path)}: not a plain file")
    return status


def _decode(raw: bytes, name: str) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _line_and_column(raw[: error.start].decode("utf-8"))
        raise SpecError(f"{name}:{line}:{column}: byte 0x{raw[error.start]:02x} is not UTF-8") from None
    text = text.removeprefix("\ufeff")
    if found := _CONTROL.search(text):
        line, column = _line_and_column(text[: found.start()])
        raise SpecError(f"{name}:{line}:{column}: a control character, {found.group()!r}")
    return text


def _error_at(name: str, line: int, column: int, message: str) -> SpecError:
    """An error of one short line, whatever the message quotes; line and column are counted from zero."""
    told = " ".join(message.splitlines())
    cut = told if len(told) <= MAX_MESSAGE else told[:MAX_MESSAGE] + " …"
    return SpecError(f"{name}:{line + 1}:{column + 1}: {cut}")


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax_error(name: str, text: str, error: yaml.MarkedYAMLError) -> SpecError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    rest = lines[line][column:] if line < len(lines) else ""
    problem = " ".join(str(error.problem or error.context or "not YAML").split())
    if rest.startswith("\t") or "tab character" in problem:
        problem = "a tab; YAML is indented with spaces"
    elif "but found another document" in problem:
        problem = "a second document; a file holds one"
    elif error.context and error.problem:
        problem = f"not YAML: {problem}, {' '.join(error.context.split())}"
    else:
        problem = f"not YAML: {problem}"
    return _error_at(name, line, column, problem)


class _Builder:
    """Makes plain data of nodes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.values = 0
        self.checked: set[int] = set()  # scalars that are plain text; aliases bring the same node again

    def build(self, node: yaml.Node, depth: int) -> Any:
        self.values += 1
        if self.values > MAX_VALUES:
            raise self._error(node, f"more than {MAX_VALUES} values once aliases are filled in")
        if depth > MAX_DEPTH:
            raise self._error(node, _TOO_DEEP)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            self._require_tag(node, "seq")
            return [self.build(child, depth + 1) for child in node.value]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        self._require_tag(node, "map")
        made: dict[str, Any] = {}
        for key, value in node.value:
            name = self._key(key)
            if name in made:
                raise self._error(key, f"the key '{name}' is here a second time")
            made[name] = self.build(value, depth + 1)
        return made

    def _key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, "a key is one word")
        if node.value == "<<" and node.style not in ("'", '"'):
            raise self._error(node, "merge keys ('<<') are not allowed; write the keys out")
        if _CONTROL.search(node.value):
            raise self._error(node, f"the key {node.value!r} is not plain text")
        if node.tag != _TAG + "str":
            raise self._error(node, f"the key {node.value or 'is empty'} is not text; put it in quotes")
        return str(node.value)

    def _scalar(self, node: yaml.Node) -> Any:
        text: str = node.value
        if id(node) not in self.checked and (found := _CONTROL.search(text)):  # an escape, such as "\e"
            raise self._error(node, f"a control character, {found.group()!r}")
        self.checked.add(id(node))
        match node.tag.removeprefix(_TAG):
            case "str":
                return text
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int" | "float" as kind:
                return self._number(node, text, kind)
        raise self._error(node, f"the tag '{node.tag}' is not allowed")

    def _number(self, node: yaml.Node, text: str, kind: str) -> int | float:
        try:
            if kind == "int":
                bases = {"0x": 16, "0o": 8}
                return int(text, bases.get(text[:2], 10))
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
        except ValueError:  # also of more than 4300 digits
            raise self._error(node, f"'{text[:20]}' is not a number") from None

    def _require_tag(self, node: yaml.Node, kind: str) -> None:
        if node.tag != _TAG + kind:
            raise self._error(node, f"the tag '{node.tag}' is not allowed")

    def _error(self, node: yaml.Node, message: str) -> SpecError:
        mark = node.start_mark
        return _error_at(self.source.name, mark.line, mark.column, message)


def unknown_key(source: Source, where: Where, key: str, known: list[str]) -> SpecError:
    """The error for a key that does not exist there."""
    if source.value_at((*where, key)) is None and nearest(key, known) is None:
        # {en: first, second}: what follows the comma of an unquoted text reads as a key without a value
        message = f"unknown key '{key}'; a text with a comma needs quotes inside {{}}"
        return source.error(where, message, key=key)
    return source.error(where, f"unknown key '{key}'{suggestion(key, known, 'known keys')}", key=key)
