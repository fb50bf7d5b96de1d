"""From plain data to a type, with errors that say where in the file they are and what to write instead."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec
from msgspec import inspect

from grader.errors import SpecError
from grader.question.near_names import suggestion
from grader.question.positions import Source, Where, read_yaml, unknown_key

T = TypeVar("T")

_ANY_KEY = "..."  # how msgspec writes a step into a mapping
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")
_PATTERNS = {
    r"^[A-Za-z_][A-Za-z0-9_]*$": "a Python name",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens, such as causal-attention",
}
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "null": "nothing",
    "array": "a list",
    "object": "a mapping",
}


_one_at_a_time = threading.Lock()


def load_strict(path: Path, kind: type[T]) -> tuple[T, Source]:
    """A YAML file as a value of `kind`. Raises SpecError."""
    source = read_yaml(path)
    return convert(source, source.data, kind), source


def convert(source: Source, data: Any, kind: type[T]) -> T:
    """The file's data as a value of `kind`. `data` may be a rearranged `source.data`. Raises SpecError."""
    try:
        return _typed(data, kind)
    except msgspec.ValidationError as error:
        _explain(source, data, kind, str(error))
    except RecursionError:
        raise SpecError(f"{source.name}: nested too deep") from None


def _typed(data: Any, kind: type[T]) -> T:
    # Two threads that make msgspec look at a type for the first time can crash it (0.22).
    with _one_at_a_time:
        return msgspec.convert(data, kind, strict=True)


def _explain(source: Source, data: Any, kind: Any, text: str) -> NoReturn:
    """Raise the SpecError for one message of msgspec, such as "Expected `int` - at `$.checks[0].points`"."""
    what, _, place = text.partition(" - at ")
    of_key = place.startswith("`key` in ")
    where = _exact_path(data, kind, text, place.removeprefix("`key` in ").strip("`"))
    types = _types_at(kind, where)
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        raise unknown_key(source, _in_file(where), found[1], _field_names(types))
    if found := re.fullmatch(r"Object missing required field `(.*)`", what):
        raise source.error(_in_file(where), f"missing key '{found[1]}'")
    if of_key:
        raise _wrong_key(source, where, _value_at(data, where), types)
    raise source.error(_in_file(where), _wrong_value(what, _value_at(data, where), types))


def _wrong_key(source: Source, where: Where, mapping: Any, types: list[inspect.Type]) -> SpecError:
    for kind in types:
        if isinstance(kind, inspect.DictType):
            known = _literals([kind.key_type])
            for key in mapping:
                if known and key not in known:
                    return unknown_key(source, _in_file(where), key, known)
    return source.error(_in_file(where), "a key that is not allowed here")


def _wrong_value(what: str, value: Any, types: list[inspect.Type]) -> str:
    known = _literals(types)
    if known and not isinstance(value, list | dict):
        if len(known) == 1:
            return f"{_quoted(value)} is not allowed; write {known[0]}"
        return f"{_quoted(value)} is not one of {', '.join(known)}{_closest(value, known)}"
    if found := re.fullmatch(r"Expected `str` matching regex '(.*)'", what):
        return f"{_quoted(value)} is not {_PATTERNS.get(found[1], 'of the form ' + found[1])}"
    if found := re.fullmatch(r"Expected `\w+` >= (\S+)", what):
        return f"{_quoted(value)} is too small; at least {found[1]}"
    if found := re.fullmatch(r"Expected `array` of length (\d+), got (\d+)", what):
        return f"expected a list of {found[1]}, got one of {found[2]}"
    if found := re.fullmatch(r"Expected `(.*)`, got `.*`", what):
        wanted = found[1].split(" | ")
        hint = "; put it in quotes" if "str" in wanted and not isinstance(value, list | dict) else ""
        if value is None:
            hint = ""
        return f"expected {' or '.join(_WORDS.get(w, w) for w in wanted)}, got {_quoted(value)}{hint}"
    return f"{what[:1].lower()}{what[1:]}"


def _closest(value: Any, known: list[str]) -> str:
    text = suggestion(str(value), known)
    return text if text.startswith("; did you mean") else ""


def _quoted(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case str():
            short = " ".join(value.split())
            return f"'{short[:40]}...'" if len(short) > 40 else f"'{short}'"
    return repr(value)[:40]


# --- paths ---


def _exact_path(data: Any, kind: Any, text: str, place: str) -> Where:
    """The keys that lead to the error. Of a mapping msgspec does not say which, so each is tried alone."""
    steps: list[str | int] = [found[1] or (int(found[2]) if found[2] else _ANY_KEY) for found in _STEP.finditer(place)]
    for position, step in enumerate(steps):
        if step == _ANY_KEY:
            steps[position] = _guilty_key(data, kind, text, tuple(steps[:position]))
    return tuple(steps)


def _guilty_key(data: Any, kind: Any, text: str, where: Where) -> str:
    mapping = _value_at(data, where)
    for key, value in mapping.items():
        try:
            _typed(_replaced(data, where, {key: value}), kind)
        except msgspec.ValidationError as error:
            if str(error) == text:
                return str(key)
    return str(next(iter(mapping)))  # can't happen: msgspec reports the first error that it meets


def _replaced(data: Any, where: Where, new: Any) -> Any:
    if not where:
        return new
    head, *rest = where
    copy: Any = data.copy()
    copy[head] = _replaced(data[head], tuple(rest), new)
    return copy


def _value_at(data: Any, where: Where) -> Any:
    for step in where:
        data = data[step]
    return data


def _in_file(where: Where) -> Where:
    """The sizes of a case stand flat in the file."""
    if len(where) >= 3 and where[0] == "cases" and where[2] == "sizes":
        return where[:2] + where[3:]
    return where


# --- types ---


def _types_at(kind: Any, where: Where) -> list[inspect.Type]:
    types = _members(inspect.type_info(kind))
    for step in where:
        types = [member for parent in types for inner in _inner(parent, step) for member in _members(inner)]
    return types


def _members(kind: inspect.Type) -> list[inspect.Type]:
    return list(kind.types) if isinstance(kind, inspect.UnionType) else [kind]


def _inner(kind: inspect.Type, step: str | int) -> list[inspect.Type]:
    match kind:
        case inspect.StructType():
            return [field.type for field in kind.fields if field.encode_name == step]
        case inspect.ListType():
            return [kind.item_type]
        case inspect.TupleType():
            return list(kind.item_types[int(step) : int(step) + 1])
        case inspect.DictType():
            return [kind.value_type]
    return []


def _field_names(types: list[inspect.Type]) -> list[str]:
    return [field.encode_name for kind in types if isinstance(kind, inspect.StructType) for field in kind.fields]


def _literals(types: list[inspect.Type]) -> list[str]:
    literals = [value for kind in types if isinstance(kind, inspect.LiteralType) for value in kind.values]
    members = sorted(member.value for kind in types if isinstance(kind, inspect.EnumType) for member in kind.cls)
    return [_quoted(value).strip("'") for value in [*literals, *members]]
