"""Arguments and shapes must make sense in every case."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import UNSET

from grader.errors import SpecError
from grader.question.near_names import suggestion
from grader.question.positions import Source, Where
from grader.question.sizes import evaluate_shape, size_of
from grader.question.types import Argument, Case, Question, Shape

MAX_ELEMENTS = 1 << 24  # of one tensor; a question grades in milliseconds
MAX_TOTAL = 1 << 25  # of all the tensors of all cases: 270 MB
FIRST_GROUP = ("normal", "uniform", "integers", "boolean", "tensor", "value", "size", "omit")
SHAPED = ("normal", "uniform", "integers", "boolean")
FLOATS = ("float16", "bfloat16", "float32", "float64")
INTEGERS = ("uint8", "int8", "int16", "int32", "int64")

_DETAILS = {  # a detail: what it belongs to
    "scale": ("normal",),
    "shift": ("normal",),
    "low": ("uniform", "integers"),
    "high": ("uniform", "integers"),
    "probability": ("boolean",),
    "dtype": ("normal", "uniform", "integers", "tensor"),
    "held": ("normal", "uniform", "integers", "boolean", "tensor", "value", "size"),
    "keyword": ("normal", "uniform", "integers", "boolean", "tensor", "value", "size"),
}


def require_arguments(question: Question, source: Source) -> None:
    """Raise SpecError for the first argument, size or override that does not make sense."""
    _require_overrides(question, source)
    for index, case in enumerate(question.cases):
        if case.dtype not in FLOATS:
            raise source.error(("cases", index, "dtype"), f"the dtype of a case is floating, not {case.dtype}")
        if not math.isfinite(case.scale):
            raise source.error(("cases", index, "scale"), "the scale is not finite")
    total = 0
    for where, name, argument, cases in _all_arguments(question):
        if not (name.isidentifier() and name.isascii()):
            raise source.error(where[:-1], f"'{name}' is not a Python name", key=name)
        _require_one_kind(argument, source, where)
        for case in cases:
            total += _require_case(question, argument, case, source, where)
            if total > MAX_TOTAL:
                message = f"the cases have more than {MAX_TOTAL} elements in all; make them smaller or fewer"
                raise source.error(where, message)


def kind_of(argument: Argument) -> str:
    """The field of the first group that is given."""
    return next(kind for kind in FIRST_GROUP if getattr(argument, kind) is not UNSET)


def _all_arguments(question: Question) -> Iterator[tuple[Where, str, Argument, list[Case]]]:
    """Every argument: where it stands, its name, itself, and the cases that it is made for."""
    for key in ("arguments", "construct"):
        for name, argument in (getattr(question, key) or {}).items():
            cases = [case for case in question.cases if name not in getattr(case, key)]
            yield (key, name), name, argument, cases
        for index, case in enumerate(question.cases):
            for name, argument in getattr(case, key).items():
                yield ("cases", index, key, name), name, argument, [case]
        for index, check in enumerate(question.checks):
            chosen = [case for case in question.cases if check.cases is None or case.name in check.cases]
            for name, argument in (getattr(check, key) or {}).items():
                cases = [case for case in chosen if name not in getattr(case, key)]
                yield ("checks", index, key, name), name, argument, cases


def _require_overrides(question: Question, source: Source) -> None:
    for key in ("arguments", "construct"):
        known = list(getattr(question, key) or {})
        known += [name for check in question.checks for name in getattr(check, key) or {} if name not in known]
        for index, case in enumerate(question.cases):
            for name in getattr(case, key):
                if name not in known:
                    message = f"unknown argument '{name}'{suggestion(name, known, 'arguments')}"
                    raise source.error(("cases", index, key), message, key=name)


# --- one argument ---


def _require_one_kind(argument: Argument, source: Source, where: Where) -> None:
    given = [kind for kind in FIRST_GROUP if getattr(argument, kind) is not UNSET]
    if len(given) != 1:
        found = " and ".join(given) if given else "none"
        raise source.error(where, f"an argument has exactly one of {', '.join(FIRST_GROUP)}; here is {found}")
    kind = given[0]
    for detail, kinds in _DETAILS.items():
        if kind not in kinds and source.has((*where, detail)):
            message = f"'{detail}' does nothing beside '{kind}'; it belongs to {', '.join(kinds)}"
            raise source.error(where, message, key=detail)
    _require_details(argument, kind, source, where)


def _require_details(argument: Argument, kind: str, source: Source, where: Where) -> None:
    if kind == "omit" and argument.omit is not True:
        raise source.error((*where, "omit"), "omit is true or not there at all")
    if kind in ("normal", "uniform") and argument.dtype not in (None, *FLOATS):
        raise source.error((*where, "dtype"), f"'{kind}' makes floating numbers, not {argument.dtype}")
    if kind == "integers" and argument.dtype not in (None, *INTEGERS):
        raise source.error((*where, "dtype"), f"'integers' makes whole numbers, not {argument.dtype}")
    if kind == "integers" and not source.has((*where, "high")):
        raise source.error(where, "'integers' needs 'high', which is not reached")
    if not 0 <= argument.probability <= 1:
        raise source.error((*where, "probability"), f"{argument.probability} is not between 0 and 1")
    for key in ("scale", "shift"):
        if not math.isfinite(getattr(argument, key)):
            raise source.error((*where, key), f"the {key} is not finite")
    if kind == "value":
        _require_plain(argument.value, source, (*where, "value"))
    if kind == "tensor":
        _tensor_shape(argument.tensor, source, (*where, "tensor"))


def _require_plain(value: Any, source: Source, where: Where) -> None:
    if isinstance(value, dict):
        raise source.error(where, "a value is a number, a string, a bool, null or a list, not a mapping")
    if isinstance(value, list):
        for index, item in enumerate(value):
            _require_plain(item, source, (*where, index))
    _require_64_bits(value, source, where)


def _require_64_bits(value: Any, source: Source, where: Where) -> None:
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise source.error(where, "the number does not fit into 64 bits")


def _tensor_shape(value: Any, source: Source, where: Where) -> tuple[int, ...]:
    if isinstance(value, list):
        shapes = [_tensor_shape(item, source, (*where, index)) for index, item in enumerate(value)]
        for index, shape in enumerate(shapes):
            if shape != shapes[0]:
                raise source.error((*where, index), f"row {index} has another shape than row 0")
        return (len(value), *(shapes[0] if shapes else ()))
    if not isinstance(value, bool | int | float):
        raise source.error(where, "an element of a tensor is a number, true or false")
    _require_64_bits(value, source, where)
    return ()


# --- one argument in one case ---


def _require_case(question: Question, argument: Argument, case: Case, source: Source, where: Where) -> int:
    """Returns how many elements are drawn for it."""
    sizes = question.sizes | case.sizes
    kind, elements = kind_of(argument), 0
    if kind in SHAPED:
        elements = _require_shape(getattr(argument, kind), sizes, case, source, (*where, kind))
    if kind == "size" and argument.size is not UNSET:
        _number(argument.size, sizes, case, source, (*where, "size"))
    if kind in ("uniform", "integers"):
        _require_interval(argument, kind, sizes, case, source, where)
    return elements


def _require_shape(shape: Shape, sizes: Mapping[str, int], case: Case, source: Source, where: Where) -> int:
    try:
        made = evaluate_shape(shape, sizes)
    except SpecError as error:
        index = _guilty(shape, sizes)
        raise source.error((*where, index), f"{error} (case '{case.name}')") from None
    elements = math.prod(made)
    if elements > MAX_ELEMENTS:
        message = f"a tensor of {elements} elements in the case '{case.name}'; at most {MAX_ELEMENTS}"
        raise source.error(where, message)
    return elements


def _guilty(shape: Shape, sizes: Mapping[str, int]) -> int:
    for index, size in enumerate(shape):
        try:
            evaluate_shape([size], sizes)
        except SpecError:
            return index
    return 0


def _require_interval(
    argument: Argument, kind: str, sizes: Mapping[str, int], case: Case, source: Source, where: Where
) -> None:
    low = _number(argument.low, sizes, case, source, (*where, "low"))
    high = _number(argument.high, sizes, case, source, (*where, "high"))
    for key, number in (("low", low), ("high", high)):
        if not math.isfinite(number) or (kind == "integers" and number != int(number)):
            wanted = "a whole number" if kind == "integers" else "finite"
            raise source.error((*where, key), f"{number} is not {wanted}")
    if not low < high:
        message = f"'high' is {high:g} and 'low' is {low:g} in the case '{case.name}'; high must be above low"
        raise source.error((*where, "high"), message)


def _number(size: float | str, sizes: Mapping[str, int], case: Case, source: Source, where: Where) -> float:
    if not isinstance(size, str):
        return size
    try:
        return size_of(size, sizes)
    except SpecError as error:
        raise source.error(where, f"{error} (case '{case.name}')") from None
