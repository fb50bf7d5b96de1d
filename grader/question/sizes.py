"""Arithmetic over the letters of `sizes`: "B", "2 * D", "(T - 1) // 2"."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import add, floordiv, mul, sub

from grader.errors import SpecError
from grader.question.near_names import suggestion
from grader.question.types import Shape, Size

MAX_LENGTH = 200  # characters of one expression
MAX_SIZE = 1 << 40  # above it an expression is a slip

_OPERATIONS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.FloorDiv: floordiv,
}


def size_of(size: Size, sizes: Mapping[str, int]) -> int:
    """The number that a size comes to; it may be negative.

    Raises SpecError, without a position, for anything but letters of `sizes`, whole numbers, + - * // and
    parentheses.
    """
    if isinstance(size, int):
        return size
    return _value(_parsed(size), size, sizes)


def evaluate_shape(shape: Shape, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """The shape of a tensor. Raises SpecError as `evaluate` does, and for a negative size."""
    made = tuple(size_of(size, sizes) for size in shape)
    for size, number in zip(shape, made, strict=True):
        if number < 0:
            raise SpecError(f"the size '{size}' is {number}; a shape has no negative sizes")
    return made


def letters_in(size: Size) -> set[str]:
    """The letters that a size is made of. Raises SpecError as `evaluate` does."""
    if isinstance(size, int):
        return set()
    return {node.id for node in ast.walk(_parsed(size)) if isinstance(node, ast.Name)}


@lru_cache(maxsize=1024)
def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise SpecError(f"a size of {len(text)} characters; at most {MAX_LENGTH}")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise SpecError(f"the size '{text}' is not arithmetic over letters; write for example '2 * D'") from None


def _value(node: ast.expr, text: str, sizes: Mapping[str, int]) -> int:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return _bounded(number, text)
        case ast.Name(id=letter):
            if letter not in sizes:
                raise SpecError(f"unknown letter '{letter}' in a size{suggestion(letter, sizes, 'sizes has')}")
            return sizes[letter]
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATIONS:
            first, second = _value(left, text, sizes), _value(right, text, sizes)
            if second == 0 and isinstance(operator, ast.FloorDiv):
                raise SpecError(f"the size '{text}' divides by zero")
            return _bounded(_OPERATIONS[type(operator)](first, second), text)
    raise SpecError(f"the size '{text}' has more than letters, whole numbers, + - * // and parentheses")


def _bounded(number: int, text: str) -> int:
    if abs(number) > MAX_SIZE:
        raise SpecError(f"the size '{text}' is out of range")
    return number
