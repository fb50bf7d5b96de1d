"""Slips in settings: keywords forgotten, options confused, layers and names taken for their neighbours."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.mutants.numbers import exchanged
from grader.verify.mutants.roles import layer_size
from grader.verify.mutants.tree import Edit, Place, changed, method, same, with_keyword
from grader.verify.mutants.tree_reading import Nature, call_name, is_self, parameters, records_nothing

# Keywords of torch that have a default. A flag is flipped instead, which is the default or no mutant at all.
_OPTIONAL = set(
    "padding stride dilation groups output_padding padding_idx padding_mode device dtype diagonal eps correction "
    "reduction ignore_index label_smoothing weight pos_weight mask attn_mask key_padding_mask src_mask dropout "
    "dropout_p p training num_layers nonlinearity mode scale_factor momentum weight_decay betas lr alpha beta "
    "max_norm min max indexing activation dim_feedforward approximate generator rounding_mode start_dim end_dim "
    "value hx start end_factor negative_slope scale gain norm_type prepend append".split()
)
_NO_FLAG_SLIP = ("strict", "inplace", "non_blocking", "set_to_none", "sorted", "stable", "copy")
_OPTIONS = [
    "mean sum", "none mean", "relu tanh gelu", "none tanh", "nearest bilinear", "bilinear bicubic", "same valid",
    "fan_in fan_out", "ij xy", "zeros reflect replicate circular", "constant reflect replicate", "floor trunc",
    "forward backward",
]  # fmt: skip
_LOSSES = ("cross_entropy", "binary_cross_entropy", "binary_cross_entropy_with_logits", "CrossEntropyLoss")
_ANY_DEVICE = ("device", "dtype", "training", "is_cuda", "requires_grad")


def dropped_keyword(place: Place) -> Iterator[Edit]:
    """A keyword argument forgotten, where there is a default."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    own = place.facts.functions.get(call_name(node))
    with_default = {one.arg for one, default in parameters(own.args) if default} if own else set()
    optional = with_default if own and not place.facts.from_module(node) else _OPTIONAL
    for index, keyword in enumerate(node.keywords):
        if keyword.arg in optional and not _is_flag(keyword):
            yield Edit(changed(node, keywords=[*node.keywords[:index], *node.keywords[index + 1 :]]))


def _is_flag(keyword: ast.keyword) -> bool:
    return isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)


def flag(place: Place) -> Iterator[Edit]:
    """A switch the other way round: keepdim, batch_first, bias, unbiased, a default of True."""
    node = place.node
    word = place.parent.arg if isinstance(place.parent, ast.keyword) else None
    if isinstance(node, ast.Constant) and isinstance(node.value, bool) and word not in _NO_FLAG_SLIP:
        yield Edit(ast.Constant(not node.value))
    if isinstance(node, ast.Call) and call_name(node) in ("var", "std", "var_mean", "std_mean"):
        given = {keyword.arg for keyword in node.keywords}
        yield from [] if given & {"unbiased", "correction"} else [Edit(with_keyword(node, "correction", 0))]


def option(place: Place) -> Iterator[Edit]:
    """Another word for an option: reduction='sum' for 'mean'."""
    node = place.node
    is_setting = isinstance(place.parent, ast.keyword | ast.Call | ast.arguments)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_setting:
        for row in map(str.split, _OPTIONS):
            if node.value in row:
                yield from (Edit(ast.Constant(other)) for other in row if other != node.value)


def option_added(place: Place) -> Iterator[Edit]:
    """An option other than the default: the sum of a loss, the tanh form of gelu."""
    node = place.node
    if not isinstance(node, ast.Call) or not place.facts.from_module(node):
        return
    name, given = call_name(node), {keyword.arg for keyword in node.keywords}
    if (name.endswith(("_loss", "Loss")) or name in _LOSSES) and "reduction" not in given:
        yield Edit(with_keyword(node, "reduction", "sum"))
    if name in ("gelu", "GELU") and not given:
        yield Edit(with_keyword(node, "approximate", "tanh"))


def equation(place: Place) -> Iterator[Edit]:
    """einsum with two neighbouring letters of a term exchanged."""
    node = place.node
    if call_name(place.parent) != "einsum" or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    text = node.value
    for index in range(len(text) - 1):
        first, second = text[index], text[index + 1]
        if first.isalpha() and second.isalpha() and first != second:
            yield Edit(ast.Constant(f"{text[:index]}{second}{first}{text[index + 2 :]}"))


def neighbour(place: Place) -> Iterator[Edit]:
    """In one use, the name beside this one: k for q, W for H, j for i."""
    node = place.node
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    if isinstance(place.parent, ast.Attribute) and place.parent.attr in _ANY_DEVICE:
        return
    others = place.scope.neighbours(node.id)
    yield from (Edit(changed(node, id=other)) for other in (others[:1] if layer_size(place) else others))


def layer(place: Place) -> Iterator[Edit]:
    """In one use, another layer of self that is made in the same way: k_proj for q_proj, norm2 for norm1."""
    node = place.node
    if not isinstance(node, ast.Attribute) or not is_self(node.value) or not isinstance(node.ctx, ast.Load):
        return
    layers = place.scope.held
    value = layers[node.attr].value if node.attr in layers else None
    if value is not None and (place.facts.is_layer(value) or call_name(value) == "Parameter"):
        alike = [name for name, other in layers.items() if same(other.value, value)]
        at = alike.index(node.attr)
        for other in [*alike[max(at - 1, 0) : at], *alike[at + 1 : at + 2]]:
            yield Edit(changed(node, attr=other))


def unpacking(place: Place) -> Iterator[Edit]:
    """Two neighbours of an unpacking exchanged: D, T = q.shape; _, states = rnn(x)."""
    node = place.node
    if isinstance(node, ast.Tuple) and isinstance(place.parent, ast.Assign) and place.field == "targets":
        for other in exchanged(node):
            yield Edit(other, _unpacked(node), _unpacked(other))


def _unpacked(targets: ast.Tuple | ast.List) -> str:
    return f"{', '.join(map(ast.unparse, targets.elts))} = ..."


def returned(place: Place) -> Iterator[Edit]:
    """Another value in scope returned, or the right one negated, detached or in float32."""
    node = place.node
    if not isinstance(node, ast.Return) or node.value is None or place.function is None:
        return
    if isinstance(node.value, ast.Name):
        wanted = place.scope.kind(node.value)
        for name, kind in place.scope.kinds.items():
            if kind is wanted and kind is not Nature.OTHER and name != node.value.id:
                yield Edit(changed(node, value=ast.Name(name, ast.Load())))
    if place.scope.kind(node.value) is Nature.TENSOR:
        yield Edit(changed(node, value=ast.UnaryOp(ast.USub(), node.value)))
        yield Edit(changed(node, value=method(node.value, "float")))
        if not _carries_no_gradient(place, node.value):
            yield Edit(changed(node, value=method(node.value, "detach")))


def _carries_no_gradient(place: Place, value: ast.expr) -> bool:
    if any(records_nothing(above.node) for above in place.up()):
        return True
    return isinstance(value, ast.Name) and value.id in place.scope.unrecorded
