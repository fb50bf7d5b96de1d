"""What the commands that run submissions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from grader.verdict import Verdict

Command = TypeVar("Command", bound=Callable[..., Any])

MAX_SEED = 2**63 - 1


def device_option(command: Command) -> Command:
    """Adds --device, which gives the argument `device`."""
    return click.option(
        "--device",
        type=click.Choice(["auto", "cpu", "cuda"]),
        default="auto",
        show_default=True,
        help="Where submissions run. auto: on a GPU if there is one.",
    )(command)


def isolation_option(default: str) -> Callable[[Command], Command]:
    """Adds --isolation, which gives the argument `isolation`."""

    def add(command: Command) -> Command:
        return click.option(
            "--isolation",
            type=click.Choice(["strict", "standard", "none"]),
            default=default,
            show_default=True,
            help="The least that is accepted; what works here is used in any case. See `grader doctor`.",
        )(command)

    return add


def exit_code(verdict: Verdict) -> int:
    """0 accepted, 1 judged and not accepted, 3 the grader failed."""
    return {Verdict.ACCEPTED: 0, Verdict.GRADER_ERROR: 3}.get(verdict, 1)
