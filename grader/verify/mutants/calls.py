"""Slips in calls: a call of a chain or a wrapper forgotten, a sibling function taken, arguments in another order."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from itertools import combinations

from grader.verify.mutants.numbers import exchanged
from grader.verify.mutants.roles import layer_size
from grader.verify.mutants.tree import Edit, Place, changed, method, number, same, with_keyword
from grader.verify.mutants.tree_reading import TENSORS, Nature, call_name, is_self, root

# Calls on a tensor whose result is a tensor again (or, for item, a number that passes for one).
_CHAINED = set(
    "abs acos all amax amin any asin atan clamp clamp_max clamp_min clone contiguous cos cosh cumprod cumsum detach "
    "diagonal erf exp expand expand_as expm1 fill_diagonal_ flatten flip floor ceil gelu index_fill item log log1p "
    "log_softmax logsumexp masked_fill mean movedim mul neg norm permute pow prod reciprocal relu repeat "
    "repeat_interleave requires_grad_ reshape roll round rsqrt sigmoid sign sin sinh softmax sqrt square squeeze "
    "std sum swapaxes t tan tanh tile transpose tril triu unflatten unsqueeze var view view_as".split()
)
_CASTS = set("float double half bfloat16 long int bool byte to type type_as cpu".split())
_WRAPPERS = _CHAINED | set(
    "silu elu selu leaky_relu softplus hardtanh logsigmoid normalize dropout layer_norm batch_norm group_norm rms_norm "
    "instance_norm max_pool1d max_pool2d avg_pool1d avg_pool2d pad interpolate".split()
)
_ABOUT = ("shape", "device", "dtype", "ndim", "size", "dim", "numel", "new_zeros", "new_ones", "new_full")
_BUILTINS = ("int", "float", "round", "abs", "reversed", "sorted")
_ATTRIBUTES = ("T", "mT", "H", "mH")
# Names that stand beside each other in a textbook. One is taken for another within a row, next to it.
_ROWS = [
    "relu gelu tanh sigmoid", "relu tanh", "ReLU GELU Tanh Sigmoid", "silu gelu", "SiLU GELU",
    "softmax log_softmax", "Softmax LogSoftmax", "sum mean", "max min", "amax amin", "argmax argmin", "cummax cummin",
    "maximum minimum", "floor ceil round", "std var", "any all", "sin cos", "zeros ones", "zeros_like ones_like",
    "triu tril", "randn rand", "randn_like rand_like", "cumsum cumprod", "mse_loss l1_loss", "MSELoss L1Loss",
    "cross_entropy nll_loss", "CrossEntropyLoss NLLLoss", "binary_cross_entropy binary_cross_entropy_with_logits",
    "max_pool1d avg_pool1d", "max_pool2d avg_pool2d", "MaxPool1d AvgPool1d", "MaxPool2d AvgPool2d",
    "clamp_min clamp_max", "xavier_uniform_ xavier_normal_", "kaiming_uniform_ kaiming_normal_", "log log2 log10",
    "logical_and logical_or", "Adam AdamW SGD", "isnan isinf", "eq ne", "lt le", "gt ge", "exp expm1",
    "scatter scatter_add", "scatter_ scatter_add_", "sqrt rsqrt",
]  # fmt: skip
_ONLY_IN_F = {"gelu", "silu", "mse_loss", "l1_loss", "cross_entropy", "nll_loss", "avg_pool2d", "max_pool2d"}
_SYMMETRIC = set(
    "maximum minimum add mul eq ne dot allclose isclose equal zip logical_and logical_or gcd max min".split()
)
_SHAPERS = set("view reshape permute expand repeat zeros ones full empty randn rand new_zeros new_ones tile".split())
_IN_PLACE = set(
    "masked_fill relu sigmoid tanh clamp exp log sqrt square abs neg add sub mul div pow triu tril squeeze unsqueeze "
    "transpose index_fill scatter scatter_add index_add floor ceil round clamp_min clamp_max cumsum".split()
)


def chain(place: Place) -> Iterator[Edit]:
    """One call of a chain forgotten: x.max() for x.relu().max(); x for x.T."""
    node = place.node
    receiver = place.facts.receiver(node)
    is_fold = call_name(node) in ("max", "min") and isinstance(node, ast.Call) and not node.args + node.keywords
    if receiver is not None and (is_fold or call_name(node) in _CHAINED | _CASTS):
        yield Edit(receiver)
    elif isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES and root(node) not in place.facts.imports:
        yield Edit(node.value)


def wrapper(place: Place) -> Iterator[Edit]:
    """A function or layer around an expression forgotten: x for F.relu(x), self.norm(x), model(x)."""
    node = place.node
    if not isinstance(node, ast.Call) or not node.args or isinstance(node.args[0], ast.Starred):
        return
    inner, name = node.args[0], call_name(node)
    known = (name in _WRAPPERS and place.facts.from_module(node)) or _is_builtin(node)
    if known or (len(node.args) == 1 and place.scope.kind(inner) in TENSORS and _is_module(place, node.func)):
        yield Edit(inner)


def _is_builtin(node: ast.Call) -> bool:
    """abs(x), sorted(x); not float("inf")."""
    if isinstance(node.args[0], ast.Constant):
        return False
    return isinstance(node.func, ast.Name) and node.func.id in _BUILTINS


def _is_module(place: Place, function: ast.expr) -> bool:
    """Something that holds layers: self.fc, self.blocks[0], an argument `model`."""
    if isinstance(function, ast.Subscript):
        function = function.value
    if isinstance(function, ast.Attribute):
        return is_self(function.value)
    return isinstance(function, ast.Name) and function.id in place.scope.kinds


def sibling(place: Place) -> Iterator[Edit]:
    """The function that stands beside this one: gelu for relu, mean for sum, tril for triu."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    for other in siblings(call_name(node)):
        if isinstance(node.func, ast.Name):
            if other in ("max", "min", "any", "all"):
                yield Edit(changed(node, func=ast.Name(other, ast.Load())))
        elif isinstance(node.func, ast.Attribute) and _exists(place, node, other):
            yield Edit(changed(node, func=changed(node.func, attr=other)))


def siblings(name: str) -> list[str]:
    """Those next to the name, in every row that it stands in."""
    found = []
    for row in map(str.split, _ROWS):
        if name in row:
            at = row.index(name)
            found += [*row[max(at - 1, 0) : at], *row[at + 1 : at + 2]]
    return found


def _exists(place: Place, call: ast.Call, name: str) -> bool:
    if place.facts.receiver(call) is not None:
        return name not in _ONLY_IN_F
    module = ast.unparse(call.func).rpartition(".")[0]
    if module == "math":
        return hasattr(math, name)
    return not (module == "torch" and name in _ONLY_IN_F)


def argument_order(place: Place) -> Iterator[Edit]:
    """Two neighbouring arguments of the same kind exchanged; for permute, any two."""
    node = place.node
    if not isinstance(node, ast.Call) or call_name(node) in _SYMMETRIC | {"transpose", "masked_fill", "where"}:
        return
    for i, j in combinations(range(len(node.args)), 2):
        first, second = node.args[i], node.args[j]
        is_near = j == i + 1 or call_name(node) == "permute"
        if is_near and not same(first, second) and _alike(place, node, first, second):
            between = node.args[i + 1 : j]
            yield Edit(changed(node, args=[*node.args[:i], second, *between, first, *node.args[j + 1 :]]))


def _alike(place: Place, call: ast.Call, first: ast.expr, second: ast.expr) -> bool:
    kinds = {place.scope.kind(first), place.scope.kind(second)}
    if call_name(call) in _SHAPERS:
        return kinds == {Nature.NUMBER}
    if number(first) is not None and number(second) is not None:
        return False  # two literal settings: each has slips of its own
    if call_name(call) in ("arange", "range", "linspace", "gather", "index_select", "split", "flatten"):
        return False
    return kinds in ({Nature.NUMBER}, {Nature.TENSOR}, {Nature.FIXED}, set(TENSORS))


def joined(place: Place) -> Iterator[Edit]:
    """The parts of cat and stack in another order, or one of them forgotten."""
    node = place.node
    if isinstance(node, ast.List | ast.Tuple) and call_name(place.parent) in (
        "cat",
        "stack",
        "concat",
        "hstack",
        "vstack",
    ):
        yield from (Edit(other) for other in exchanged(node))
        if len(node.elts) > 1:
            for index in range(len(node.elts)):
                yield Edit(changed(node, elts=[*node.elts[:index], *node.elts[index + 1 :]]))


def negated_condition(place: Place) -> Iterator[Edit]:
    """The mask of masked_fill the wrong way round; what True means is easily confused."""
    node = place.node
    if isinstance(node, ast.Call) and call_name(node) in ("masked_fill", "masked_fill_", "masked_select"):
        at = int(place.facts.from_module(node))
        if len(node.args) > at and not isinstance(node.args[at], ast.UnaryOp):
            mask = ast.UnaryOp(ast.Invert(), node.args[at])
            yield Edit(changed(node, args=[*node.args[:at], mask, *node.args[at + 1 :]]))
    if isinstance(node, ast.Call) and call_name(node) == "where" and len(node.args) == 3:
        condition, yes, no = node.args
        yield Edit(changed(node, args=[condition, no, yes]))
        yield from (Edit(yes), Edit(no)) if place.scope.kind(yes) in TENSORS else ()


def in_place(place: Place) -> Iterator[Edit]:
    """The in-place version of a call on something that shares its memory with an argument."""
    node = place.node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    receiver, name = place.facts.receiver(node), node.func.attr
    if receiver is not None and name in _IN_PLACE and place.scope.is_input(receiver):
        yield Edit(changed(node, func=changed(node.func, attr=f"{name}_")))
    if ast.unparse(node.func) == "F.relu" and not node.keywords and place.scope.is_input(node.args[0]):
        yield Edit(with_keyword(node, "inplace", True))


def added_cast(place: Place) -> Iterator[Edit]:
    """Everything in float32: the first thing that a function does with an argument."""
    node = place.node
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or layer_size(place):
        return
    function = place.function
    if function and place.scope.is_input(node) and place.scope.kinds.get(node.id) is Nature.TENSOR:
        about = {id(part) for one in ast.walk(function) for part in _parts_without_dtype(one)}
        uses = [one for one in ast.walk(function) if isinstance(one, ast.Name) and one.id == node.id]
        values = [one for one in uses if isinstance(one.ctx, ast.Load) and id(one) not in about]
        if values and node is min(values, key=lambda one: (one.lineno, one.col_offset)):
            yield Edit(method(node, "float"))


def _parts_without_dtype(node: ast.AST) -> list[ast.expr]:
    """Where the dtype of what is read makes no difference: x.shape, x != 0."""
    if isinstance(node, ast.Attribute) and node.attr in (*_ABOUT, *_CASTS):
        return [node.value]
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
