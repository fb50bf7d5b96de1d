"""What several commands share: the banks, the language, options that repeat, and printing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.question import Bank
from grader.text import Language

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Shared:
    """What the options of `grader` itself come to. Commands get it by `click.pass_obj`."""

    banks: list[Path] = field(default_factory=list)  # of --bank, before or behind the command's name
    traceback: bool = False  # show whole tracebacks of internal errors

    def open_bank(self) -> Bank:
        """The built-in bank and those of --bank."""
        return Bank.open(self.banks)


def _take_language(context: click.Context, parameter: click.Parameter, value: str | None) -> Language:
    return default_language(os.environ) if value is None else "zh" if value == "zh" else "en"


def language_option(command: Command) -> Command:
    """Adds --lang, which gives the argument `language`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["en", "zh"]),
        callback=_take_language,
        help="Language of questions and messages. Default: GRADER_LANG, or else the locale's.",
    )(command)


def format_option(command: Command) -> Command:
    """Adds --format, which gives the argument `output_format`: "text" or "json"."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="JSON carries a schema_version.",
    )(command)


def default_language(environment: Mapping[str, str]) -> Language:
    """GRADER_LANG decides; without it the locale, where zh stands for any Chinese one."""
    chosen = environment.get("GRADER_LANG")
    if not chosen:
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        chosen = next((environment[name] for name in names if environment.get(name)), "en")
    return "zh" if chosen.lower().startswith("zh") else "en"


def write_json(value: Any) -> None:
    """A value on stdout as indented JSON. Commands put `schema_version` into it themselves."""
    import msgspec

    click.echo(plain_json(msgspec.json.format(msgspec.json.encode(value), indent=2)))


def plain_json(encoded: bytes) -> bytes:
    """The same JSON as UTF-8 anywhere, with what a terminal would obey or not show written as escapes."""
    return re.sub(r"[^\n -~]", _escaped, encoded.decode()).encode()


def _escaped(found: re.Match[str]) -> str:
    letter = found.group()
    if letter.isprintable():
        return letter
    units = letter.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def note(message: str) -> None:
    """One line on stderr, with what a terminal would obey made visible. Never fails: nothing depends on it."""
    if not message.isprintable():  # a file's name may hold anything
        from grader.pages import visible_line  # takes a while to import

        message = visible_line(message)
    with suppress(OSError):
        click.echo(message, err=True)


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()
