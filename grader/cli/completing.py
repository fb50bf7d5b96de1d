"""Ids and topics: what a shell offers at Tab, and the option that takes topics.

Completing reads folder names only. An error offers nothing, and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from grader.cli.options import Shared
from grader.errors import GraderError, UnknownName
from grader.question import Bank, suggestion

Command = TypeVar("Command", bound=Callable[..., Any])


def complete_ids(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The ids that begin so, without those that are on the line already."""
    given = context.params.get(parameter.name or "")
    others = given if isinstance(given, tuple) else ()
    return _beginning(typed, (entry.id for entry in _bank(context) if entry.id not in others))


def complete_topics(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The topics that begin so."""
    return _beginning(typed, dict.fromkeys(entry.topic for entry in _bank(context)))


def complete_id_or_folder(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Ids; behind the first one also folders, unless the folder is named by --dir."""
    behind = context.params.get(parameter.name or "") and context.params.get("folder") is None
    folders = [CompletionItem(typed, type="dir")] if behind else []  # first: bash forgets what came before it
    return folders + complete_ids(context, parameter, typed)


def _bank(context: click.Context) -> Bank:
    try:
        return (context.find_object(Shared) or Shared()).open_bank()
    except GraderError:
        return Bank([], [], [])


def _beginning(typed: str, names: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(typed)]


def topic_option(command: Command) -> Command:
    """Adds --topic, which gives the argument `topics`."""
    return click.option(
        "--topic",
        "topics",
        multiple=True,
        shell_complete=complete_topics,
        help="Only this topic. May be repeated.",
    )(command)


def require_topics(topics: Iterable[str], known: Iterable[str]) -> None:
    """Raises UnknownName for a topic that there is not, with the nearest."""
    choices = list(dict.fromkeys(known))
    for topic in topics:
        if topic not in choices:
            raise UnknownName(f"there is no topic '{topic}'{suggestion(topic, choices, 'topics')}")
