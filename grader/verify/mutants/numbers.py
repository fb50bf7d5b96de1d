"""Slips in numbers: constants, dimensions, indices, slices, ranges, diagonals."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.mutants.roles import role
from grader.verify.mutants.tree import Edit, Place, changed, literal, number
from grader.verify.mutants.tree_reading import call_name

_DIMS = {-1: (0, 1, -2), 0: (1, -1), 1: (0, 2, -1), -2: (-1, -3, 0)}
_REDUCTIONS = "sum mean max min amax amin argmax argmin prod std var any all logsumexp cat".split()
# A number that is the default: what forgetting the keyword gives as well.
_DEFAULTS = {"padding": 0, "diagonal": 0, "dilation": 1, "groups": 1, "correction": 1, "num_layers": 1}
_OWN_ROLE = ("slice", "range")  # changed as a whole, below


def constant(place: Place) -> Iterator[Edit]:
    """A number off by one, zero, doubled; an infinity of the other sign or finite."""
    node = place.node
    if isinstance(place.parent, ast.UnaryOp) and number(place.parent) is not None:
        return  # the number is read with its sign
    value = number(node)
    if value is not None and role(place) not in _OWN_ROLE and call_name(place.parent) != "permute":
        default = _DEFAULTS.get(str(place.parent.arg)) if isinstance(place.parent, ast.keyword) else None
        left_out = (value, default, _neutral(place))
        others = (one for one in _others(value, role(place), place) if one not in left_out)
        yield from (Edit(literal(other)) for other in others)
    elif value is None and _is_minus_infinity(node):
        yield from (Edit(literal(0.0)), Edit(literal(-1e9)))
        if call_name(node) == "float":
            yield Edit(changed(node, args=[ast.Constant("inf")]))


def _others(value: int | float, part: str, place: Place) -> Iterator[int | float]:
    if isinstance(value, float):
        yield from (value * 2, 0.0) if abs(value) <= 1e-4 else (value * 2, 0.0, value / 2, -value)
    elif part == "shape" and value == -1:
        return
    elif part == "dim":
        yield from (one for one in other_dims(value) if one not in _siblings(place))
    elif part in ("index", "diagonal"):
        yield from (value + 1, value - 1)
        yield from [0] if value == -1 and part == "index" else []
    elif part == "size":
        yield value + 1
    else:
        yield from dict.fromkeys((value + 1, value - 1, 0, 2 * value, abs(value)) if value else (1,))


def _neutral(place: Place) -> int | None:
    """The number that makes an operation do nothing: what forgetting the operand gives as well."""
    if not isinstance(place.parent, ast.BinOp) or place.field != "right":
        return None
    return 0 if isinstance(place.parent.op, ast.Add | ast.Sub) else 1


def other_dims(value: int) -> tuple[int, ...]:
    return _DIMS.get(value, (value - 1, value + 1))


def _siblings(place: Place) -> set[int | float | None]:
    """The other dimensions of the same call: none stands twice in transpose."""
    return {number(one) for one in place.parent.args} if isinstance(place.parent, ast.Call) else set()


def _is_minus_infinity(node: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = node.operand
        return ast.unparse(inner).endswith((".inf", "float('inf')", "INFINITY"))
    return ast.unparse(node) in ("float('-inf')", "-math.inf") if call_name(node) == "float" else False


def dropped_dim(place: Place) -> Iterator[Edit]:
    """A reduction over everything, or over the default dimension."""
    node = place.node
    if not isinstance(node, ast.Call) or call_name(node) not in _REDUCTIONS:
        return
    words = [keyword.arg for keyword in node.keywords]
    own = node.args[1:] if place.facts.from_module(node) else node.args
    if words in (["dim"], ["axis"]):
        yield Edit(changed(node, keywords=[]))
    elif not words and len(own) == 1 and number(own[0]) is not None and place.facts.receiver(node) is not None:
        yield Edit(changed(node, args=[]))


def diagonal(place: Place) -> Iterator[Edit]:
    """triu and tril without a diagonal: one above, one below."""
    node = place.node
    if isinstance(node, ast.Call) and call_name(node) in ("triu", "tril"):
        given = len(node.args) > place.facts.from_module(node) or node.keywords
        for value in () if given else (1, -1):
            yield Edit(changed(node, args=[*node.args, literal(value)]))


def cut(place: Place) -> Iterator[Edit]:
    """A slice with its beginning, end or step off by one."""
    node = place.node
    if not isinstance(node, ast.Slice):
        return
    yield from (Edit(changed(node, lower=other)) for other in _bounds(node.lower))
    yield from (Edit(changed(node, upper=other)) for other in _bounds(node.upper))
    if node.lower is None and (node.upper is not None or node.step is not None):
        yield Edit(changed(node, lower=literal(1)))
    step = number(node.step)
    if isinstance(step, int):
        yield Edit(changed(node, step=None))
        yield Edit(changed(node, step=literal(step + 1)))


def _bounds(bound: ast.expr | None) -> list[ast.expr | None]:
    value = number(bound)
    if bound is None or isinstance(value, float):
        return []
    if value is None:
        return [_shifted(bound, 1), _shifted(bound, -1)]
    return [None if one == 0 else literal(one) for one in (value + 1, value - 1)]


def _shifted(bound: ast.expr, by: int) -> ast.expr:
    """bound + 1 and bound - 1; T for T - 1 where one is taken back."""
    value = number(bound)
    if value is not None:
        return literal(value + by)
    if isinstance(bound, ast.BinOp) and isinstance(bound.op, ast.Add | ast.Sub) and number(bound.right) == 1:
        if isinstance(bound.op, ast.Add) == (by < 0):
            return bound.left
        return changed(bound, right=literal(2))
    return ast.BinOp(bound, ast.Add() if by > 0 else ast.Sub(), literal(1))


def counting(place: Place) -> Iterator[Edit]:
    """range and arange that begin or end one too early or too late, or count another step."""
    node = place.node
    if call_name(node) not in ("range", "arange") or not isinstance(node, ast.Call) or not node.args:
        return
    *first, last = node.args[:2]
    rest = node.args[2:]
    if any(isinstance(one, ast.Starred) for one in node.args):
        return
    for by in (1, -1):
        yield Edit(changed(node, args=[*first, _shifted(last, by), *rest]))
    for start in first:
        bys = (1,) if number(start) == 0 else (1, -1)
        yield from (Edit(changed(node, args=[_shifted(start, by), last, *rest])) for by in bys)
    if not first and not (isinstance(place.parent, ast.For) and ast.unparse(place.parent.target) == "_"):
        until = last if call_name(node) == "range" else _shifted(last, 1)
        yield Edit(changed(node, args=[literal(1), until]))
    step = number(rest[0]) if rest else None
    if isinstance(step, int):
        yield Edit(changed(node, args=[*first, last, literal(step + 1)]))
        yield Edit(changed(node, args=[*first, last]))


def index_order(place: Place) -> Iterator[Edit]:
    """Two neighbours of an index exchanged: x[None, :] for x[:, None]; a new axis forgotten."""
    node = place.node
    if not isinstance(node, ast.Tuple) or place.field != "slice":
        return
    yield from (Edit(other) for other in exchanged(node))
    for index, one in enumerate(node.elts):
        if isinstance(one, ast.Constant) and one.value is None:
            rest = [*node.elts[:index], *node.elts[index + 1 :]]
            if all(ast.unparse(other) == ":" for other in rest):
                continue  # x[:] is x: told as the whole expression, below
            yield Edit(changed(node, elts=rest))


def dropped_axis(place: Place) -> Iterator[Edit]:
    """x for x[:, None]."""
    node = place.node
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and isinstance(node.ctx, ast.Load):
        texts = {ast.unparse(one) for one in node.slice.elts}
        if "None" in texts and texts <= {"None", ":", "..."}:
            yield Edit(node.value)


def exchanged(node: ast.Tuple | ast.List) -> Iterator[ast.Tuple | ast.List]:
    """The same elements with two neighbours in the other order."""
    for index in range(len(node.elts) - 1):
        first, second = node.elts[index : index + 2]
        yield changed(node, elts=[*node.elts[:index], second, first, *node.elts[index + 2 :]])
