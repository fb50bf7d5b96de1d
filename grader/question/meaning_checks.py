"""Checks must name what exists and ask for what can be compared."""

from __future__ import annotations

import math
from pathlib import Path

from grader.question.near_names import suggestion
from grader.question.positions import Source, Where
from grader.question.probe_functions import BuiltInProbe, ProbeFunction, built_in_probes, read_probes
from grader.question.types import Argument, Check, Criterion, Question

MAX_FALSE_ALARM = 1e-6  # a right answer fails at most once in a million times
_AGAINST = ("accuracy", "mean_squared_error", "psnr")  # the criteria that need it


def require_checks(question: Question, source: Source, probes: Path) -> None:
    """Raise SpecError for the first check that does not make sense. `probes` need not exist."""
    functions = read_probes(probes)
    cases = [case.name for case in question.cases]
    for index, check in enumerate(question.checks):
        where: Where = ("checks", index)
        arguments = question.arguments if check.arguments is None else check.arguments
        _require_names(source, (*where, "cases"), "case", check.cases or [], cases)
        if check.cases == []:
            raise source.error((*where, "cases"), "no case is named; leave 'cases' out for all of them")
        _require_needs(question, index, source, where)
        _require_probe(check, arguments, functions, source, where)
        _require_calls(check, arguments, source, where)
        _require_comparison(check, arguments, source, where)
        _require_construct(question, check, source, where)
        if check.points < 0:
            raise source.error((*where, "points"), "points can't be negative")


def needs_of(check: Check) -> list[str]:
    """The checks that must pass first."""
    return [check.needs] if isinstance(check.needs, str) else check.needs


def _require_names(source: Source, where: Where, what: str, names: list[str], known: list[str]) -> None:
    for index, name in enumerate(names):
        if name not in known:
            raise source.error((*where, index), f"unknown {what} '{name}'{suggestion(name, known, what + 's')}")
        if name in names[:index]:
            raise source.error((*where, index), f"the {what} '{name}' is here a second time")


def _require_needs(question: Question, index: int, source: Source, where: Where) -> None:
    names = [check.name for check in question.checks]
    needs = needs_of(question.checks[index])
    for name in needs:
        if name in names[index:]:
            raise source.error((*where, "needs"), f"'{name}' does not come before this check")
    _require_names(source, (*where, "needs"), "check", needs, names[:index])


# --- probes ---


def _built_in(check: Check) -> BuiltInProbe:
    """What is declared of a check's probe; of a question's own probe, what is usual."""
    return built_in_probes().get(check.probe, BuiltInProbe())


def _require_probe(
    check: Check,
    arguments: dict[str, Argument],
    functions: dict[str, ProbeFunction],
    source: Source,
    where: Where,
) -> None:
    if _built_in(check).in_specs and check.probe in built_in_probes():
        return
    if check.probe not in functions:
        known = [*(name for name, probe in built_in_probes().items() if probe.in_specs), *functions]
        message = f"unknown probe '{check.probe}'{suggestion(check.probe, known, 'probes')}"
        if not functions:
            message += " (there is no function in probes.py)"
        raise source.error((*where, "probe"), message)
    function = functions[check.probe]
    given = [name for name, argument in arguments.items() if not argument.held]
    for name in function.required:
        if name not in given:
            message = f"the probe '{check.probe}' wants '{name}', which is no argument that workers get"
            raise source.error((*where, "probe"), message + suggestion(name, given, "arguments"))
    for name in given:
        if not function.takes_any and name not in function.names:
            raise source.error((*where, "probe"), f"the probe '{check.probe}' does not take the argument '{name}'")


def _require_calls(check: Check, arguments: dict[str, Argument], source: Source, where: Where) -> None:
    takes_calls = [name for name, probe in built_in_probes().items() if probe.needs == "calls"]
    if check.probe in takes_calls and not check.calls:
        raise source.error(where, f"the probe '{check.probe}' needs 'calls'")
    if check.probe not in takes_calls and check.calls:
        raise source.error(where, f"'calls' belong to the probe '{takes_calls[0]}'", key="calls")
    sent = [name for name, argument in arguments.items() if not argument.held]
    for index, call in enumerate(check.calls):
        here = (*where, "calls", index)
        if not call.method.isidentifier():
            raise source.error((*here, "method"), f"'{call.method}' is not a Python name")
        for position, name in enumerate(call.arguments):
            if name not in sent:
                message = f"unknown argument '{name}'{suggestion(name, sent, 'arguments')}"
                raise source.error((*here, "arguments", position), message)


# --- what is asked for ---


def _require_comparison(check: Check, arguments: dict[str, Argument], source: Source, where: Where) -> None:
    given = [key for key in ("compare", "criterion") if getattr(check, key) is not None]
    if not _built_in(check).compared:
        if given:
            raise source.error(where, f"the probe '{check.probe}' takes no '{given[0]}'", key=given[0])
    elif len(given) != 1:
        found = "both" if given else "neither"
        raise source.error(where, f"a check has either 'compare' or 'criterion'; here is {found}")
    if check.criterion is not None:
        _require_criterion(check.criterion, arguments, source, (*where, "criterion"))
    if check.tolerance is not None:
        if check.compare != "values":
            raise source.error(where, "'tolerance' does nothing without 'compare: values'", key="tolerance")
        for key in ("rtol", "atol"):
            value = getattr(check.tolerance, key)
            if not (value >= 0 and math.isfinite(value)):
                raise source.error((*where, "tolerance", key), f"the tolerance is {value}; it can't be below 0")
    if check.nan_equal and check.compare not in ("values", "exact"):
        raise source.error(where, "'nan_equal' does nothing without 'compare: values' or 'exact'", key="nan_equal")


def _require_criterion(criterion: Criterion, arguments: dict[str, Argument], source: Source, where: Where) -> None:
    if not criterion.of.strip():
        raise source.error((*where, "of"), "'of' is empty; name an observed value, such as output")
    if criterion.kind in _AGAINST and criterion.against is None:
        raise source.error(where, f"'{criterion.kind}' needs 'against', an argument of the case")
    if criterion.against is not None:
        if criterion.kind not in _AGAINST:
            raise source.error(where, f"'against' does nothing with '{criterion.kind}'", key="against")
        _require_held(criterion.against, arguments, source, (*where, "against"))
    if criterion.among is not None:
        if criterion.kind != "accuracy":
            raise source.error(where, f"'among' does nothing with '{criterion.kind}'", key="among")
        _require_held(criterion.among, arguments, source, (*where, "among"))
    _require_support(criterion, source, where)
    if criterion.kind == "same_distribution":
        _require_no_interval(criterion, source, where)
        if not 0 < criterion.false_alarm <= MAX_FALSE_ALARM:
            raise source.error((*where, "false_alarm"), f"it must be above 0 and at most {MAX_FALSE_ALARM}")
    else:
        _require_interval(criterion, source, where)


def _require_support(criterion: Criterion, source: Source, where: Where) -> None:
    if criterion.support is None:
        return
    if criterion.kind != "same_distribution":
        raise source.error(where, f"'support' does nothing with '{criterion.kind}'", key="support")
    if not criterion.support or not all(math.isfinite(value) for value in criterion.support):
        raise source.error((*where, "support"), "'support' lists the values that a draw can have, all finite")


def _require_held(name: str, arguments: dict[str, Argument], source: Source, where: Where) -> None:
    if name not in arguments:
        raise source.error(where, f"unknown argument '{name}'{suggestion(name, arguments, 'arguments')}")
    if not arguments[name].held:
        raise source.error(where, f"'{name}' is sent to the submission; the judge measures against what is held")


def _require_no_interval(criterion: Criterion, source: Source, where: Where) -> None:
    for key in ("low", "high"):
        if getattr(criterion, key) is not None:
            raise source.error(where, f"'{key}' does nothing with '{criterion.kind}'", key=key)


def _require_interval(criterion: Criterion, source: Source, where: Where) -> None:
    if source.has((*where, "false_alarm")):
        raise source.error(where, "'false_alarm' belongs to 'same_distribution'", key="false_alarm")
    low, high = criterion.low, criterion.high
    if low is None and high is None:
        raise source.error(where, f"'{criterion.kind}' needs 'low' or 'high'")
    if low is not None and high is not None and not low <= high:
        raise source.error((*where, "high"), f"'high' is {high:g}, which is below 'low', {low:g}")
    for key, value in (("low", low), ("high", high)):
        if value is not None and not math.isfinite(value):
            raise source.error((*where, key), f"'{key}' is not finite")


def _require_construct(question: Question, check: Check, source: Source, where: Where) -> None:
    if check.function:
        if question.construct is None:
            raise source.error(where, "'function' does nothing in a question without 'construct'", key="function")
        if check.construct is not None:
            raise source.error(where, "a check has either 'function' or 'construct'", key="function")
    constructs = not check.function and (check.construct is not None or question.construct is not None)
    if check.mode == "train" and not constructs and check.probe in built_in_probes():
        raise source.error(where, "'mode' does nothing for a function", key="mode")
    if _built_in(check).needs == "construct" and not constructs:
        raise source.error((*where, "probe"), f"the probe '{check.probe}' needs 'construct'; a function has none")
