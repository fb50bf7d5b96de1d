"""One-change mutants of a reference: the slips that a person could make when writing it."""

from grader.verify.mutants.mutant import Mutant, mutants

__all__ = ["Mutant", "mutants"]
