"""Telling from the syntax alone that an expression is a number or a tensor, and no string or sequence."""

from __future__ import annotations

import ast

_TENSORS = frozenset({"Tensor", "torch.Tensor", "int", "float"})  # annotations
_ALWAYS = (ast.Sub, ast.Div, ast.FloorDiv, ast.Pow, ast.MatMult)  # no sequence knows these
_MODULES = frozenset({"math", "torch.nn.functional"})
_FUNCTIONS = frozenset(  # of torch, and methods of tensors: one tensor comes out
    "abs arange bmm clamp cos cumsum diagonal diff einsum erf exp eye flatten full full_like log logsumexp masked_fill "
    "matmul maximum mean minimum mm mv ones ones_like outer permute prod rand rand_like randn randn_like relu reshape "
    "rsqrt sigmoid sign sin softmax softplus sqrt square stack sum tanh transpose tril triu unsqueeze view where zeros "
    "zeros_like".split()
)
_DRAWING = frozenset(
    "alpha_dropout bernoulli choice choices dropout gauss multinomial normal poisson rand rand_like randint "
    "randn randn_like random randperm sample shuffle uniform".split()
)


def draws(node: ast.expr) -> bool:
    """Whether random numbers may be drawn in an expression: then the order of two of them matters."""
    names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return any(name in _DRAWING or name.endswith("_") or "dropout" in name for name in names)


class Numeric:
    """What is known of the names of one function."""

    def __init__(self, tree: ast.Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._modules = dict(_modules(tree))
        self._known = {
            argument.arg
            for argument in (*function.args.args, *function.args.kwonlyargs)
            if argument.annotation is not None and ast.unparse(argument.annotation) in _TENSORS
        }
        for name in sorted(_reassigned(function)):
            self._known.discard(name)
        self._learn(function)

    def surely(self, node: ast.expr) -> bool:
        """Whether the expression can only be a number or a tensor. Of a sum, one side is enough."""
        if isinstance(node, ast.Constant):
            return isinstance(node.value, int | float)
        if isinstance(node, ast.Name):
            return node.id in self._known
        if isinstance(node, ast.UnaryOp):
            return not isinstance(node.op, ast.Not)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        return isinstance(node, ast.Call) and self._call(node)

    def _operation(self, node: ast.BinOp) -> bool:
        if isinstance(node.op, _ALWAYS):
            return True
        if isinstance(node.op, ast.Add):
            return self.surely(node.left) or self.surely(node.right)
        if isinstance(node.op, ast.Mult):  # a list times a number is a list
            return self.surely(node.left) and self.surely(node.right)
        return False

    def _call(self, node: ast.Call) -> bool:
        function = node.func
        if not isinstance(function, ast.Attribute):
            return False
        owner = function.value
        module = self._modules.get(owner.id) if isinstance(owner, ast.Name) else None
        return module in _MODULES or (function.attr in _FUNCTIONS and module in (None, "torch"))

    def _learn(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Names that are assigned once, from what is surely a number or a tensor."""
        often = _reassigned(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id not in often and self.surely(node.value):
                    self._known.add(target.id)


def _reassigned(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that are bound more than once, arguments counted."""
    stores = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    bound = stores + [n.arg for n in ast.walk(function) if isinstance(n, ast.arg)]
    return {name for name in bound if bound.count(name) > 1}


def _modules(tree: ast.Module) -> list[tuple[str, str]]:
    """The names under which modules are known."""
    found = []
    for node in ast.walk(tree):
        for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
            prefix = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
            found.append((alias.asname or alias.name, prefix + alias.name))
    return found
