"""What a literal number is there for: each role has its own plausible slips."""

from __future__ import annotations

import ast

from grader.verify.mutants.tree import Place, default_of, number
from grader.verify.mutants.tree_reading import call_name

DIM_WORDS = ("dim", "axis", "dims", "axes", "dim0", "dim1", "start_dim", "end_dim", "source", "destination")
# Which arguments of a tensor's method are dimensions; as functions of torch they come one later.
_FIRST = (
    "sum mean max min amax amin argmax argmin softmax log_softmax softmin cumsum cumprod logcumsumexp logsumexp prod "
    "std var any all sort argsort median squeeze unsqueeze size unbind gather scatter scatter_ scatter_add "
    "index_select select narrow index_add index_fill unflatten cat stack concat Softmax LogSoftmax normalize diff"
).split()
_SECOND = "chunk split topk roll repeat_interleave tensor_split norm kthvalue glu".split()
_EVERY = "transpose swapaxes swapdims flatten flip movedim Flatten".split()
_SIZE_WORDS = ("kernel_size", "in_channels", "out_channels", "in_features", "out_features", "hidden_size", "input_size")


def role(place: Place) -> str:
    """dim, diagonal, range, slice, index, shape, size (of a layer), or "" for a number that just is one."""
    at = place
    while isinstance(at.parent, ast.Tuple | ast.List | ast.UnaryOp | ast.Starred) and at.above:
        at = at.above
    parent = at.parent
    if isinstance(parent, ast.Slice):
        return "slice"
    if isinstance(parent, ast.Subscript) and at.field == "slice":
        return "dim" if isinstance(parent.value, ast.Attribute) and parent.value.attr == "shape" else "index"
    if isinstance(parent, ast.keyword) and at.above:
        return _of_keyword(parent, at.above)
    if isinstance(parent, ast.Call) and at.field == "args" and at.index is not None:
        found = _of_argument(parent, at.index, place)
        if found:
            return found
    if default_of(place) in DIM_WORDS:
        return "dim"
    return "size" if layer_size(place) else ""


def _of_keyword(keyword: ast.keyword, place: Place) -> str:
    if keyword.arg in DIM_WORDS:
        return "dim"
    if keyword.arg == "diagonal":
        return "diagonal"
    return "size" if keyword.arg in _SIZE_WORDS and place.above and place.facts.is_layer(place.above.node) else ""


def _of_argument(call: ast.Call, index: int, place: Place) -> str:
    name = call_name(call)
    index -= place.facts.from_module(call) and not place.facts.is_layer(call)  # torch.sum(x, 1) for x.sum(1)
    if name in ("triu", "tril"):
        return "diagonal" if index == 0 else ""
    if name in ("range", "arange"):
        return "range"
    if name in ("view", "reshape", "expand"):
        return "shape"
    is_dim = (name in _FIRST and index == 0) or (name in _SECOND and index == 1) or (name in _EVERY and index >= 0)
    return "dim" if is_dim else ""


def layer_size(place: Place) -> bool:
    """Is this within an argument that a layer of torch.nn makes the shapes of its parameters from?

    The parameters' shapes are compared with the reference's, so that every slip here is found in the same way."""
    below = place
    for above in place.up():
        if place.facts.is_layer(above.node):
            return below.field == "args" and not isinstance(number(below.node), float)
        if isinstance(above.node, ast.keyword):
            return above.node.arg in _SIZE_WORDS
        if not isinstance(above.node, ast.BinOp | ast.UnaryOp | ast.Tuple):
            return False
        below = above
    return False
