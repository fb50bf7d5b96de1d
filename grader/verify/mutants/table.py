"""All operators, by the name that a mutant's key begins with.

Where two of them make the same program, the earlier one names it: the telling ones stand first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.verify.mutants import arguments, arithmetic, calls, numbers, statements
from grader.verify.mutants.tree import Edit, Place

Operator = Callable[[Place], Iterator[Edit]]

OPERATORS: dict[str, Operator] = {
    # formulas
    "missing scale": arithmetic.scale,
    "epsilon": arithmetic.epsilon,
    "arithmetic": arithmetic.operator,
    "dropped operand": arithmetic.dropped_operand,
    "swapped operands": arithmetic.swapped_operands,
    "sign": arithmetic.sign,
    "comparison": arithmetic.comparison,
    "logic": arithmetic.logic,
    "detached": arithmetic.detached_operand,
    # calls
    "negated condition": calls.negated_condition,
    "dropped call": calls.chain,
    "dropped wrapper": calls.wrapper,
    "sibling": calls.sibling,
    "mode": statements.mode,
    "swapped arguments": calls.argument_order,
    "joined": calls.joined,
    "in place": calls.in_place,
    "cast added": calls.added_cast,
    # settings and names
    "dropped keyword": arguments.dropped_keyword,
    "flag": arguments.flag,
    "option": arguments.option,
    "option added": arguments.option_added,
    "equation": arguments.equation,
    "returned": arguments.returned,
    "neighbour": arguments.neighbour,
    "layer": arguments.layer,
    "unpacking": arguments.unpacking,
    # numbers
    "dimension dropped": numbers.dropped_dim,
    "diagonal": numbers.diagonal,
    "slice": numbers.cut,
    "counting": numbers.counting,
    "index order": numbers.index_order,
    "dropped axis": numbers.dropped_axis,
    "number": numbers.constant,
    # statements
    "dropped statement": statements.dropped_statement,
    "branch": statements.branch,
    "gradients recorded": statements.gradients,
    "order": statements.order,
    "augmented": statements.augmented,
}
