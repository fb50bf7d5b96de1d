"""Names and attributes that a source reads without ever having bound them."""

from __future__ import annotations

import ast
import builtins

from grader.verify.mutants.tree_reading import Function, call_name, is_self

_ALWAYS = {*dir(builtins), "__name__", "__file__", "__class__"}
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, *_COMPREHENSIONS)
_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_REGISTERS = ("register_buffer", "register_parameter", "register_module", "add_module")


def unbound(tree: ast.Module) -> set[str]:
    """Each as `scope: name`. What only one branch of an `if` binds counts as unbound behind it.

    Sound code may do that, so that what counts is what one source has and another has not.
    """
    scan = _Scan("module", tree.body, set(), set())
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return scan.missing | {f"{one.name}.{name}" for one in classes for name in _missing_attributes(one)}


def _missing_attributes(body: ast.ClassDef) -> set[str]:
    """What the methods read of self and none of them gives it. That of a base class is among it."""
    read: set[str] = set()
    bound = _stored(body.body)
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and is_self(node.value):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.attr)
        elif isinstance(node, ast.Call) and call_name(node) in _REGISTERS and node.args:
            bound |= {str(node.args[0].value)} if isinstance(node.args[0], ast.Constant) else set()
    return read - bound


def _stored(body: list[ast.stmt]) -> set[str]:
    """The names that these statements bind in their own scope."""
    found: set[str] = set()
    rest: list[ast.AST] = list(body)
    while rest:
        node = rest.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        if isinstance(node, _INNER):
            found |= {node.name} if isinstance(node, Function | ast.ClassDef) else set()
        else:
            rest += ast.iter_child_nodes(node)
    return found


class _Scan(ast.NodeVisitor):
    """Walks one scope in the order in which it runs."""

    def __init__(self, name: str, body: list[ast.stmt], outer: set[str], bound: set[str]) -> None:
        self.name, self.outer, self.bound = name, outer, set(bound)
        self.local = _stored(body) | bound
        self.missing: set[str] = set()
        self._run(body)

    def _run(self, body: list[ast.stmt]) -> None:
        """What stands behind a return or raise never runs."""
        for statement in body:
            self.visit(statement)
            if isinstance(statement, _LEAVES):
                return

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.bound.add(node.id)
        elif node.id not in self.bound and (node.id in self.local or node.id not in self.outer | _ALWAYS):
            self.missing.add(f"{self.name}: {node.id}")

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.bound |= _stored([node])

    visit_ImportFrom = visit_Import  # noqa: N815 - so NodeVisitor finds it

    def visit_Assign(self, node: ast.Assign) -> None:
        for one in (node.value, *node.targets):
            self.visit(one)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        if isinstance(node.target, ast.Name):
            self.visit(ast.Name(node.target.id, ast.Load()))
        self.visit(node.target)

    def visit_For(self, node: ast.For) -> None:
        for one in (node.iter, node.target, *node.body, *node.orelse):
            self.visit(one)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        before, behind = set(self.bound), []
        for branch in (node.body, node.orelse):
            self.bound = set(before)
            self._run(branch)
            if not (branch and isinstance(branch[-1], _LEAVES)):
                behind.append(self.bound)
        self.bound = set.intersection(*behind) if behind else before

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.bound |= {node.name} if node.name else set()
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        before = set(self.bound)
        for loop in node.generators:
            for one in (loop.iter, loop.target, *loop.ifs):
                self.visit(one)
        for one in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self.visit(one)
        self.bound = before

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp  # noqa: N815

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for one in [*node.decorator_list, *node.args.defaults, *(one for one in node.args.kw_defaults if one)]:
            self.visit(one)
        self.bound.add(node.name)
        self._inner(node.name, node.body, _parameters(node.args))

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._inner("lambda", [ast.Expr(node.body)], _parameters(node.args))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for one in [*node.decorator_list, *node.bases]:
            self.visit(one)
        self._inner(node.name, node.body, set())
        self.bound.add(node.name)

    def _inner(self, name: str, body: list[ast.stmt], bound: set[str]) -> None:
        """A scope inside. It may run later, so that it sees all that this one ever binds."""
        self.missing |= _Scan(f"{self.name}.{name}", body, self.outer | self.local | self.bound, bound).missing


def _parameters(args: ast.arguments) -> set[str]:
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    return {one.arg for one in every if one}
