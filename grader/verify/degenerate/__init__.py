"""Degenerate answers: zeros, echoes, detached results and their like, which no question may accept.

Each is the reference with code behind it that makes one entry answer badly; the other entries stay right, so
a check that looks at one entry only can't cover for another. What can be told from the plan decides
which ones are made. Whether, say, a permuted result is another one depends on what the reference returns, which
no plan tells; so the appended code prints a line when it has changed something, and `inert` reads it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from grader.plan import Plan
from grader.question import Question, built_in_probes
from grader.result import Result
from grader.verdict import Verdict

__all__ = ["Variant", "degenerate", "inert"]

_CALLED = "[degenerate] called"  # what the appended code prints
_CHANGED = "[degenerate] changed"

_WRONG = frozenset({Verdict.WRONG_ANSWER})
_RAISES = frozenset({Verdict.RUNTIME_ERROR})
_EITHER = _WRONG | _RAISES
_ANY_FAILURE = frozenset(Verdict) - {Verdict.ACCEPTED, Verdict.SKIPPED, Verdict.GRADER_ERROR}

_PROMISES_GRADIENTS = re.compile(r"gradients?\s+flow|differentiable", re.IGNORECASE)
_PROMISES_UNMODIFIED = re.compile(r"not\s+(be\s+)?modif|modifies\s+n|left\s+as|unmodified|unchanged", re.IGNORECASE)


@dataclass(frozen=True)
class Variant:
    """A whole source file that must get one of some verdicts."""

    key: str  # unique for a question; fit for a file name
    what: str  # one sentence
    source: str
    verdicts: frozenset[Verdict]


@dataclass(frozen=True)
class _Target:
    """One function or class that gets degenerate."""

    name: str
    methods: tuple[str, ...]  # of a class; of a function none
    gradients: bool  # that of its results are asked for
    unmodified: bool  # its arguments must stay as they are
    alone: bool  # nothing but built-in probes sees its results, and these take anything


@dataclass(frozen=True)
class _Kind:
    """One way of being degenerate."""

    key: str
    what: str  # goes on from the name of the entry
    answer: str  # an expression in the appended code
    verdicts: frozenset[Verdict] = _WRONG
    fits: Callable[[_Target], bool] = lambda target: True
    may_crash: bool = False  # where others calculate with the result


def _each(key: str, what: str, change: str, may_crash: bool = False) -> _Kind:
    return _Kind(key, what, f"_wrong_each({change})", may_crash=may_crash)


_KINDS = (
    _each("zeros", "returns zeros of the right shape", "_wrong_zeros"),
    _each("ones", "returns ones of the right shape", "_wrong_ones"),
    _each("constant", "returns 0.5 everywhere", "_wrong_constant"),
    _each("doubled", "returns twice the right answer", "_wrong_doubled"),
    _each("shifted", "returns the right answer plus one", "_wrong_shifted"),
    _each("permuted", "returns the right elements rolled along an axis", "_wrong_permuted"),
    _each("transposed", "returns the right answer transposed or flipped", "_wrong_transposed"),
    _each("rounded", "returns the right answer rounded to half precision", "_wrong_rounded"),
    _each("dtype", "returns the right answer in another dtype", "_wrong_dtype", may_crash=True),
    _each("fewer-axes", "returns the right answer with fewer axes", "_wrong_fewer_axes", may_crash=True),
    _each("nan", "returns the right answer with one element that is not a number", "_wrong_nan"),
    _each("empty", "returns a tensor without elements", "_wrong_empty", may_crash=True),
    _each("only-gradients", "returns zeros that carry the right gradients", "_wrong_only_the_gradient"),
    _Kind("claimed-shape", "returns a tensor that lies about its shape", "_wrong_each(_wrong_shape_claimed)", _EITHER),
    _Kind(
        "detached",
        "returns the right answer cut off from the graph",
        "_wrong_each(_wrong_detached)",
        fits=lambda target: target.gradients,
        may_crash=True,
    ),
    _Kind(
        "twice-the-gradients",
        "returns the right answer with twice the right gradients",
        "_wrong_each(_wrong_twice_the_gradient)",
        fits=lambda target: target.gradients,
    ),
    _Kind("echo", "returns its first tensor", "_wrong_echo", may_crash=True),
    _Kind("none", "returns None", "_wrong_none", may_crash=True),
    _Kind("printed", "prints the right answer and returns None", "_wrong_printed", may_crash=True),
    _Kind("equal-to-all", "returns an object that equals everything", "_wrong_equal_to_all", may_crash=True),
    _Kind("not-implemented", "raises NotImplementedError", "_wrong_not_implemented", _RAISES),
    _Kind(
        "overwritten",
        "adds one to its arguments after the right answer is made",
        "_wrong_overwritten",
        fits=lambda target: target.unmodified,
        may_crash=True,
    ),
    _Kind(
        "zeroed-parameters",
        "sets its parameters to zero before it answers",
        "_wrong_zeroed_parameters",
        fits=lambda target: bool(target.methods),
    ),
)


def degenerate(question: Question, plan: Plan, reference: str, stub: str) -> list[Variant]:
    """Answers of which none may be accepted, unless it is `inert`. None where answers are no programs."""
    if not question.kind.is_code:
        return []
    made = [Variant("stub", "The stub is handed in as it is.", stub, _ANY_FAILURE)]
    for target in _targets(plan, reference, stub):
        made += [_variant(target, kind, reference) for kind in _KINDS if kind.fits(target)]
    return made


def inert(variant: Variant, result: Result) -> bool:
    """Whether a variant was driven but never changed a result, so that it is a right answer to this question."""
    return _CHANGED in variant.source and _CALLED in result.output and _CHANGED not in result.output


def _variant(target: _Target, kind: _Kind, reference: str) -> Variant:
    lines = [f'_wrong_method({target.name}, "{method}", {kind.answer})' for method in target.methods]
    if not target.methods:
        lines = [f"{target.name} = _wrong_function({target.name}, {kind.answer})"]
    source = "\n".join([reference, "", _appended(), "", *lines, ""])
    verdicts = kind.verdicts | _RAISES if kind.may_crash and not target.alone else kind.verdicts
    return Variant(f"{target.name}-{kind.key}", f"`{target.name}` {kind.what}.", source, verdicts)


@cache
def _appended() -> str:
    return files(__package__).joinpath("wrong.py").read_text(encoding="utf-8")


# --- what is there to get wrong ---


def _targets(plan: Plan, reference: str, stub: str) -> list[_Target]:
    """What the plan drives, and the functions of the stub that only the question's own probes can know of."""
    promised = _docstrings(stub)
    own = _public_functions(reference)
    others = [name for name in _public_functions(stub) if name in own and name not in plan.functions]
    names = [*plan.functions, *plan.classes, *others]
    custom = any(run.drive.probe not in built_in_probes() for run in plan.runs)
    return [
        _Target(
            name=name,
            methods=tuple(_methods(plan, name)) if name in plan.classes else (),
            gradients=_asks_for_gradients(plan, name, promised.get(name, "")),
            unmodified=_wants_inputs_unmodified(plan, name, promised.get(name, "")),
            alone=len(names) == 1 and not custom,
        )
        for name in names
    ]


def _probes_of(plan: Plan, name: str) -> set[str]:
    return {run.drive.probe for run in plan.runs if run.drive.entry == name}


def _asks_for_gradients(plan: Plan, name: str, promised: str) -> bool:
    """A probe of the question's own may train a module, so the module must not be cut off either."""
    probes = _probes_of(plan, name)
    trained = name in plan.classes and not probes <= built_in_probes().keys()
    return "gradients" in probes or trained or bool(_PROMISES_GRADIENTS.search(promised))


def _wants_inputs_unmodified(plan: Plan, name: str, promised: str) -> bool:
    return "unmodified" in _probes_of(plan, name) or bool(_PROMISES_UNMODIFIED.search(promised))


def _methods(plan: Plan, name: str) -> Iterator[str]:
    """The methods through which a class is driven, each once."""
    found: dict[str, None] = {}
    for run in plan.runs:
        if run.drive.entry == name and run.drive.probe == "sequence":
            found |= dict.fromkeys(step.method for step in run.drive.calls)
        elif run.drive.entry == name and run.drive.probe != "parameters":
            found["__call__"] = None
    yield from found


def _public_functions(source: str) -> list[str]:
    nodes = _definitions(source)
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def _docstrings(source: str) -> dict[str, str]:
    """All that is said in a function, or in a class and its methods."""
    return {node.name: "\n".join(_said(inner) for inner in ast.walk(node)) for node in _definitions(source)}


def _definitions(source: str) -> list[ast.FunctionDef | ast.ClassDef]:
    """Those of a file's top level; the stub of a debugging question need not even compile."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError:
        return []
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def _said(node: ast.AST) -> str:
    return (ast.get_docstring(node) or "") if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
