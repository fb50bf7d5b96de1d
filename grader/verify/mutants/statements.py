"""Slips in statements: one forgotten or in the wrong order, a condition that always or never holds, training steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from grader.verify.mutants.tree import Edit, Place, changed
from grader.verify.mutants.tree_reading import TENSORS, Function, call_name

_STEPS = ("zero_grad", "backward", "step", "clip_grad_norm_", "clip_grad_value_")
_CONTEXTS = ("no_grad", "inference_mode", "enable_grad", "autocast")
_AUGMENTED = (ast.Add, ast.Sub, ast.Mult, ast.Div)


def dropped_statement(place: Place) -> Iterator[Edit]:
    """A statement forgotten. What leaves a name unbound is taken out later."""
    if isinstance(place.node, ast.Expr | ast.Assign | ast.AugAssign | ast.Assert | ast.Continue | ast.Break):
        yield Edit([])


def branch(place: Place) -> Iterator[Edit]:
    """A condition that always or never holds; a filter of a comprehension forgotten."""
    node = place.node
    if isinstance(node, ast.If):
        before = f"if {ast.unparse(node.test)}:"
        if not isinstance(node.body[-1], ast.Raise):  # a function that always raises is nobody's slip
            yield Edit(node.body, before, "if True:")
        yield Edit(node.orelse, before, "if False:")
    if isinstance(node, ast.comprehension) and node.ifs:
        yield Edit(changed(node, ifs=[]))


def gradients(place: Place) -> Iterator[Edit]:
    """no_grad forgotten, around a block or a function."""
    node = place.node
    if isinstance(node, ast.With) and all(call_name(item.context_expr) in _CONTEXTS for item in node.items):
        header = ", ".join(ast.unparse(item) for item in node.items)
        yield Edit(node.body, f"with {header}:", "its block alone")
    if isinstance(node, Function):
        for one in node.decorator_list:
            if call_name(one) in _CONTEXTS or ast.unparse(one).endswith(_CONTEXTS):
                rest = [other for other in node.decorator_list if other is not one]
                before = f"@{ast.unparse(one)} def {node.name}"
                yield Edit(changed(node, decorator_list=rest), before, f"def {node.name}")


def order(place: Place) -> Iterator[Edit]:
    """A step of training behind one that follows it."""
    body = getattr(place.node, "body", None)
    if not isinstance(body, list):
        return
    for start, end in combinations(range(len(body)), 2):
        run = body[start : end + 1]
        if all(map(_is_step, run)):
            moved = [*run[1:], run[0]]
            new = changed(place.node, body=[*body[:start], *moved, *body[end + 1 :]])
            yield Edit(new, _together(run), _together(moved), run[0].lineno)


def _together(statements: list[ast.stmt]) -> str:
    return "; ".join(map(ast.unparse, statements))


def _is_step(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and call_name(node.value) in _STEPS


def mode(place: Place) -> Iterator[Edit]:
    """train for eval, or a mode that is set whatever it was."""
    node = place.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if call_name(node) == "eval" and not node.args:
        yield Edit(changed(node, func=changed(node.func, attr="train")))
    elif call_name(node) == "train":
        yield Edit(changed(node, func=changed(node.func, attr="eval"), args=[], keywords=[]))
        yield from [Edit(changed(node, args=[], keywords=[]))] if node.args or node.keywords else []


def augmented(place: Place) -> Iterator[Edit]:
    """x += y for x = x + y: it writes into what x was."""
    node = place.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.value, ast.BinOp):
        target, value = node.targets[0], node.value
        if not isinstance(target, ast.Name) or place.scope.kind(target) not in TENSORS:
            return
        if isinstance(value.op, _AUGMENTED) and target.id == ast.unparse(value.left):
            yield Edit(ast.AugAssign(target, value.op, value.right))
