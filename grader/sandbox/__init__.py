"""Running code that nobody trusts: a zygote that has torch, and confined children forked from it.

`Level`, `Policy`, `Exit` and `Lost` are cheap to import; `Sandbox` and `Child` bring numpy along, and are
therefore loaded when first asked for. docs/sandbox.md explains the layers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.sandbox.paths import can_be_hidden
from grader.sandbox.policy import Exit, Level, Lost, Policy

if TYPE_CHECKING:
    from grader.sandbox.child import Child
    from grader.sandbox.keeper import Sandbox

__all__ = ["Child", "Exit", "Level", "Lost", "Policy", "Sandbox", "can_be_hidden", "doctor"]


def __getattr__(name: str) -> object:
    if name == "Sandbox":
        from grader.sandbox.keeper import Sandbox

        return Sandbox
    if name == "Child":
        from grader.sandbox.child import Child

        return Child
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
