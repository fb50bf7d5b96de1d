"""Slips in formulas: operators, terms, scales, the place of epsilon, signs, comparisons."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from grader.verify.mutants.roles import layer_size
from grader.verify.mutants.tree import Edit, Place, changed, literal, number
from grader.verify.mutants.tree_reading import TENSORS, Nature, call_name, records_nothing

_SWAPS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMMUTATIVE = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)
_SIGN_MATTERS = ("exp", "softmax", "log_softmax", "sigmoid", "argmax", "argmin", "argsort", "topk", "sin", "tanh")


def scale(place: Place) -> Iterator[Edit]:
    """A factor or divisor with a root forgotten, or its root."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        if _has_root(node.right):
            yield Edit(node.left)
        if _has_root(node.left) and isinstance(node.op, ast.Mult):
            yield Edit(node.right)
    inside = _radicand(place)
    if inside is not None:
        yield Edit(inside[0])


def _has_root(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return number(node.right) in (0.5, -0.5)
    return call_name(node) in ("sqrt", "rsqrt", "isqrt")


def _radicand(place: Place) -> tuple[ast.expr, Callable[[ast.expr], ast.expr]] | None:
    """What the root is taken of, and how to take the same root of something else."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and number(node.right) == 0.5:
        return node.left, lambda inside: changed(node, left=inside)
    if call_name(node) != "sqrt" or not isinstance(node, ast.Call):
        return None
    receiver = place.facts.receiver(node)
    if receiver is not None:
        return receiver, lambda inside: changed(node, func=changed(node.func, value=inside))
    return (node.args[0], lambda inside: changed(node, args=[inside])) if node.args else None


def epsilon(place: Place) -> Iterator[Edit]:
    """Epsilon dropped, doubled, or on the other side of the root."""
    node = place.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and _is_epsilon(node.right):
        yield Edit(node.left)
        if number(node.right) is None:
            yield Edit(changed(node, right=ast.BinOp(literal(2), ast.Mult(), node.right)))
        rooted = _radicand(Place(node.left, place, "left", None, place.facts))
        if rooted:
            yield Edit(rooted[1](changed(node, left=rooted[0])))
    rooted = _radicand(place)
    if rooted and isinstance(rooted[0], ast.BinOp) and _is_epsilon(rooted[0].right):
        yield Edit(changed(rooted[0], left=rooted[1](rooted[0].left)))


def _is_epsilon(node: ast.AST) -> bool:
    value = number(node)
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return "eps" in str(name) or (value is not None and 0 < value <= 1e-4)


def operator(place: Place) -> Iterator[Edit]:
    """Another arithmetic operator."""
    node = place.node
    if isinstance(node, ast.AugAssign):
        for other in _SWAPS.get(type(node.op), ()):
            yield Edit(changed(node, op=other()))
        yield Edit(ast.Assign([node.target], node.value, lineno=node.lineno))
    elif isinstance(node, ast.BinOp) and not layer_size(place) and not _is_text(node):
        for other in _SWAPS.get(type(node.op), ()):
            yield Edit(changed(node, op=other()))


def dropped_operand(place: Place) -> Iterator[Edit]:
    """A term, a factor, a divisor or an exponent forgotten."""
    node = place.node
    if not isinstance(node, ast.BinOp) or isinstance(node.op, ast.MatMult) or _is_text(node):
        return
    lasting = [node.left, node.right] if isinstance(node.op, _COMMUTATIVE) else [node.left]
    if any(place.scope.kind(one) in TENSORS for one in (node.left, node.right)):
        lasting = [one for one in lasting if place.scope.kind(one) is not Nature.NUMBER]
    lasting = [one for one in lasting if number(one) is None]
    yield from map(Edit, lasting[:1] if layer_size(place) else lasting)


def swapped_operands(place: Place) -> Iterator[Edit]:
    """b - a for a - b, and the same for the other operators where the order matters."""
    node = place.node
    if not isinstance(node, ast.BinOp) or layer_size(place) or _is_text(node):
        return
    if not isinstance(node.op, (*_COMMUTATIVE, ast.Pow, ast.Mod)):
        yield Edit(changed(node, left=node.right, right=node.left))


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(
        isinstance(one, ast.JoinedStr | ast.List | ast.Tuple)
        or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in sides
    )


def sign(place: Place) -> Iterator[Edit]:
    """A minus forgotten, or one too many before what goes through exp, softmax and the like."""
    node = place.node
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and number(node) is None:
        yield Edit(node.operand)
    if call_name(node) in _SIGN_MATTERS and isinstance(node, ast.Call):
        receiver = place.facts.receiver(node)
        if receiver is not None and _may_be_negated(place, receiver):
            yield Edit(changed(node, func=changed(node.func, value=_minus(receiver))))
        elif receiver is None and node.args and _may_be_negated(place, node.args[0]):
            yield Edit(changed(node, args=[_minus(node.args[0]), *node.args[1:]]))


def _may_be_negated(place: Place, node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Call | ast.BinOp) and place.scope.kind(node) in TENSORS


def _minus(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def comparison(place: Place) -> Iterator[Edit]:
    """Another comparison: off by the boundary, or the wrong way round."""
    node = place.node
    if isinstance(node, ast.Compare):
        for index, op in enumerate(node.ops):
            for other in _COMPARISONS[type(op)]:
                yield Edit(changed(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]]))


def logic(place: Place) -> Iterator[Edit]:
    """and for or, an operand forgotten, not and ~ forgotten, one branch of a conditional expression for both."""
    node = place.node
    if isinstance(node, ast.BoolOp):
        yield Edit(changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And()))
        for index in range(len(node.values)):
            rest = [*node.values[:index], *node.values[index + 1 :]]
            yield Edit(rest[0] if len(rest) == 1 else changed(node, values=rest))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield Edit(node.operand)
    elif isinstance(node, ast.IfExp):
        yield from (Edit(node.body), Edit(node.orelse))
    elif isinstance(node, ast.Attribute) and node.attr == "training" and isinstance(node.ctx, ast.Load):
        yield Edit(ast.UnaryOp(ast.Not(), node))


def detached_operand(place: Place) -> Iterator[Edit]:
    """One operand that no gradient flows through."""
    node = place.node
    if isinstance(node, ast.BinOp) and not _gradient_free(place):
        for side in ("left", "right"):
            part = getattr(node, side)
            if isinstance(part, ast.Name | ast.Call) and place.scope.kind(part) is Nature.TENSOR:
                detached = ast.Call(ast.Attribute(part, "detach", ast.Load()), [], [])
                yield Edit(changed(node, **{side: detached}))


def _gradient_free(place: Place) -> bool:
    """Under no_grad, or within an index or a comparison, where no gradient flows anyway."""
    for above in place.up():
        if isinstance(above.node, ast.Compare) or above.field == "slice":
            return True
        if records_nothing(above.node):
            return True
    return place.field == "slice"
