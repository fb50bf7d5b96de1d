"""What a reading of the source tells: which names are tensors, which are interchangeable, which alias an input."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.verify.mutants.tree_reading import (
    TENSORS,
    Function,
    Held,
    Nature,
    attributes,
    call_name,
    imported,
    is_self,
    is_shape,
    line_of,
    parameters,
    records_nothing,
    root,
)

_MAKERS = set("arange linspace ones zeros full eye empty tensor ones_like zeros_like full_like empty_like".split())
_MAKERS |= set("new_ones new_zeros new_full new_tensor".split())
_WITHOUT_GRADIENT = set("long int bool argmax argmin argsort nonzero multinomial detach isnan isinf isfinite".split())
_NO_TENSOR = set("Generator device finfo iinfo no_grad inference_mode enable_grad autocast manual_seed".split())
_NUMBERS = set("len int float round size item numel dim nelement element_size".split())
_FOLDS = ("max", "min", "abs", "sum", "pow")
_VIEWS = set(
    "view reshape transpose permute t flatten squeeze unsqueeze expand detach chunk split unbind unfold movedim "
    "swapaxes contiguous select narrow diagonal view_as expand_as reshape_as to float double".split()
)
_TENSOR_ATTRIBUTES = ("T", "mT", "H", "mH", "data", "grad", "weight", "bias", "real", "imag")


class Facts:
    """Of a whole source."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.imports = {name for node in ast.walk(tree) for name in imported(node)}
        self.functions = {node.name: node for node in ast.walk(tree) if isinstance(node, Function)}
        self._scopes: dict[ast.AST, Scope] = {}
        self._held: dict[ast.AST, dict[str, Held]] = {}  # by function: the attributes of self in its class
        for one in ast.walk(tree):
            if isinstance(one, ast.ClassDef):
                held = dict(attributes(one))
                self._held.update((node, held) for node in ast.walk(one) if isinstance(node, Function))

    def scope(self, node: ast.AST) -> Scope:
        if node not in self._scopes:
            self._scopes[node] = Scope(node, self)
        return self._scopes[node]

    def held(self, function: ast.AST | None) -> dict[str, Held]:
        """What self holds, by attribute, for a method; empty for a function."""
        return self._held.get(function, {}) if function else {}

    def receiver(self, call: ast.AST) -> ast.expr | None:
        """The object of a method call on a tensor or optimizer; None for functions of modules and for self's own."""
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return None
        value = call.func.value
        if root(value) in self.imports or is_self(value) or call_name(value) == "super":
            return None
        return value

    def from_module(self, call: ast.AST) -> bool:
        """Is a function of an imported module called: torch.exp, F.relu, math.sqrt, nn.Linear?"""
        return isinstance(call, ast.Call) and root(call.func) in self.imports

    def is_layer(self, call: ast.AST) -> bool:
        """Is a class of torch.nn constructed?"""
        if not isinstance(call, ast.Call) or call_name(call) == "Parameter":
            return False
        path = ast.unparse(call.func).split(".")
        return len(path) > 1 and path[-2] == "nn" and path[-1][:1].isupper()


class Scope:
    """Of one function, its nested ones included, or of the module."""

    def __init__(self, node: ast.AST, facts: Facts) -> None:
        self.facts = facts
        self.held = facts.held(node)
        self.kinds: dict[str, Nature] = {}
        self.groups: list[list[str]] = []  # names of one kind, in the order in which they are bound together
        self._aliases: dict[str, list[tuple[int, bool]]] = {}  # by name: from this line on, an alias of an input?
        if isinstance(node, Function):
            self._parameters(node)
        body = node.body if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) else []
        own = [one for one in body if not isinstance(node, ast.Module) or isinstance(one, ast.Assign)]
        nodes = [below for one in own for below in ast.walk(one) if line_of(below)]
        for below in sorted(nodes, key=line_of):
            self._bind(below)
        self.unrecorded = {  # names that are bound where no gradient is recorded
            name.id
            for below in nodes
            if isinstance(below, ast.With) and records_nothing(below)
            for name in ast.walk(below)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }

    def _parameters(self, function: Function) -> None:
        groups: dict[str, list[str]] = {}
        models = set(_used_as_models(function))
        for one, default in parameters(function.args):
            if one.arg not in ("self", "cls"):
                annotation = ast.unparse(one.annotation) if one.annotation else _type_of(default)
                annotation = "Module" if not annotation and one.arg in models else annotation
                groups.setdefault(annotation, []).append(one.arg)
                self.kinds[one.arg] = _annotated(annotation)
                self._aliases[one.arg] = [(0, self.kinds[one.arg] is Nature.TENSOR)]
        self.groups += groups.values()

    def _bind(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            self._loop(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._learn(target.id, self.kind(value))
            alias = (target.lineno, self._views_input(value, target.lineno))
            self._aliases.setdefault(target.id, []).append(alias)
        elif isinstance(target, ast.Tuple):
            self._unpack(target, value)

    def _unpack(self, target: ast.Tuple, value: ast.expr) -> None:
        names = [one.id for one in target.elts if isinstance(one, ast.Name) and one.id != "_"]
        if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
            for one, part in zip(target.elts, value.elts, strict=True):
                self._assign(one, part)
        else:
            kind = Nature.NUMBER if is_shape(value) else self.kind(getattr(value, "elt", value))
            for name in names:
                self._learn(name, kind)
                self._aliases.setdefault(name, []).append((target.lineno, False))
        if len({self.kinds.get(name) for name in names}) == 1:
            self.groups.append(names)

    def _loop(self, loop: ast.For | ast.comprehension) -> None:
        called = call_name(loop.iter)
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        for position, target in enumerate(targets):
            if isinstance(target, ast.Name):
                counts = called == "range" or (called == "enumerate" and position == 0)
                self._learn(target.id, Nature.NUMBER if counts else self.kind(loop.iter))
        if called == "range" and isinstance(loop, ast.For):
            inner = [one for one in ast.walk(loop) if isinstance(one, ast.For) and call_name(one.iter) == "range"]
            names = [one.target.id for one in inner if isinstance(one.target, ast.Name) and one.target.id != "_"]
            self.groups.append(names)

    def _learn(self, name: str, kind: Nature) -> None:
        if self.kinds.get(name) is not Nature.TENSOR:
            self.kinds[name] = kind

    def neighbours(self, name: str) -> list[str]:
        """The names that stand beside this one and are of its kind: T for B and C, q for k."""
        found = []
        for group in self.groups:
            if name in group:
                at = group.index(name)
                found += [*group[at + 1 : at + 2], *group[max(at - 1, 0) : at]]
        return [one for one in dict.fromkeys(found) if one != name]

    def is_input(self, node: ast.AST) -> bool:
        """May this expression share its memory with an argument of the function?"""
        return self._views_input(node, getattr(node, "lineno", 0))

    def _views_input(self, node: ast.AST, line: int) -> bool:
        if isinstance(node, ast.Name):
            states = [alias for since, alias in self._aliases.get(node.id, []) if since < line]
            return bool(states) and states[-1]
        if isinstance(node, ast.Subscript):
            return self._views_input(node.value, line)
        receiver = self.facts.receiver(node)
        return receiver is not None and call_name(node) in _VIEWS and self._views_input(receiver, line)

    def kind(self, node: ast.AST) -> Nature:
        """What the expression gives."""
        match node:
            case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
                return Nature.NUMBER
            case ast.Name():
                module = self.facts.scope(self.facts.tree)
                return (
                    self.kinds.get(node.id)
                    or (module.kinds.get(node.id) if module is not self else None)
                    or Nature.OTHER
                )
            case ast.Attribute():
                return self._kind_of_attribute(node)
            case ast.Subscript():
                if is_shape(node.value):
                    return Nature.OTHER if isinstance(node.slice, ast.Slice) else Nature.NUMBER
                base = self.kind(node.value)
                return base if base in TENSORS else Nature.OTHER
            case ast.Call():
                return self._kind_of_call(node)
            case ast.BinOp():
                return _joined([self.kind(node.left), self.kind(node.right)])
            case ast.UnaryOp():
                return self.kind(node.operand)
            case ast.Compare():
                parts = [self.kind(part) for part in (node.left, *node.comparators)]
                return Nature.FIXED if any(part in TENSORS for part in parts) else Nature.OTHER
            case ast.IfExp():
                return self.kind(node.body)
        return Nature.OTHER

    def _kind_of_attribute(self, node: ast.Attribute) -> Nature:
        if root(node) == "math":
            return Nature.NUMBER
        if is_self(node.value) and node.attr in self.held:
            held = self.held[node.attr]
            if call_name(held.value) == "Parameter":
                return Nature.TENSOR
            return (
                Nature.OTHER
                if isinstance(held.value, ast.Attribute)
                else self.facts.scope(held.function).kind(held.value)
            )
        return Nature.TENSOR if node.attr in _TENSOR_ATTRIBUTES else Nature.OTHER

    def _kind_of_call(self, node: ast.Call) -> Nature:
        name = call_name(node)
        receiver = self.facts.receiver(node)
        parts = [self.kind(one) for one in node.args] + ([self.kind(receiver)] if receiver else [])
        if root(node.func) == "math" or name in _NUMBERS:
            return Nature.NUMBER if not (name == "float" and receiver) else _joined(parts)
        if name in _FOLDS and isinstance(node.func, ast.Name):
            return _joined(parts)
        if name in _MAKERS or name in _WITHOUT_GRADIENT:
            return Nature.FIXED
        if name in _NO_TENSOR or self.facts.is_layer(node):
            return Nature.OTHER
        if receiver is not None and self.kind(receiver) in TENSORS:
            return _joined(parts)
        if (
            root(node.func) in ("torch", "F")
            and self.facts.from_module(node)
            and ".optim." not in ast.unparse(node.func)
        ):
            return (
                Nature.FIXED
                if parts and set(parts) <= {Nature.FIXED, Nature.NUMBER} and Nature.FIXED in parts
                else Nature.TENSOR
            )
        return Nature.TENSOR if any(part in TENSORS for part in parts) else Nature.OTHER


def _type_of(default: ast.expr | None) -> str:
    """What a parameter without an annotation takes, by its default."""
    value = default.operand if isinstance(default, ast.UnaryOp) else default
    return type(value.value).__name__ if isinstance(value, ast.Constant) and value.value is not None else ""


def _used_as_models(function: Function) -> Iterator[str]:
    """Names that are called, trained or told their mode."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute) and node.attr in ("parameters", "train", "eval", "training", "zero_grad"):
            yield root(node)


def _annotated(annotation: str) -> Nature:
    if annotation in ("int", "float"):
        return Nature.NUMBER
    return Nature.TENSOR if not annotation or annotation.removesuffix(" | None").endswith("Tensor") else Nature.OTHER


def _joined(parts: list[Nature]) -> Nature:
    """Of an operation on several: a gradient that one carries is carried by the result."""
    for kind in (Nature.TENSOR, Nature.FIXED):
        if kind in parts:
            return kind
    return Nature.NUMBER if parts and set(parts) == {Nature.NUMBER} else Nature.OTHER
