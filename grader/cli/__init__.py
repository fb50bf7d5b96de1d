"""The command `grader`: the only code that prints.

A command's module is imported when the command is called, so that `grader --help` and `grader list` never
wait for torch. Errors become one line on stderr and an exit code: 1 judged and not accepted, 2 usage or a bad
spec, 3 the grader itself failed.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import print_exception
from typing import Any

import click
from click.shell_completion import CompletionItem

from grader.cli.options import Shared, note
from grader.errors import GraderError
from grader.question import suggestion
from grader.version import __version__

__all__ = ["COMMANDS", "main"]

# A command: the first line of its help, so that `grader --help` imports none of them.
COMMANDS = {
    "list": "List the questions of the bank.",
    "show": "Show a question and its hints.",
    "start": "Write a question's stub into a folder.",
    "check": "Judge one file, and say what is wrong with it.",
    "hint": "Show the next hint to a question.",
    "solution": "Show the reference solution, after a warning.",
    "progress": "Show what you solved and tried.",
    "next": "Propose a question to practise.",
    "grade": "Judge a folder of submissions and write a report.",
    "sheet": "Make a practice sheet, and the key to it as a file apart.",
    "session": "Run a timed interview and report its course.",
    "verify": "Prove questions: right solutions pass, wrong ones do not.",
    "new": "Begin a question of your own.",
    "doctor": "Say what the sandbox can do on this machine.",
    "completion": "Print the script for a shell's Tab key.",
}
TRACEBACK_HELP = "Show the whole traceback of an internal error."
WITHOUT_BANK = ("doctor", "completion", "session")  # of a session, only its `start` has one
INTERNAL_ERROR = 3  # the exit code
INTERRUPTED = 130  # the exit codes that shells have for Ctrl-C
BROKEN_PIPE = 141  # and for a reader that went away


def _add_banks(context: click.Context, parameter: click.Parameter, value: tuple[Path, ...]) -> None:
    context.ensure_object(Shared).banks.extend(value)


def _bank_option() -> click.Option:
    return click.Option(
        ["--bank"],
        type=Path,
        multiple=True,
        metavar="DIR",
        expose_value=False,
        callback=_add_banks,
        help="One more bank of questions. May be repeated.",
    )


def _show_traceback(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    shared = context.ensure_object(Shared)
    shared.traceback = shared.traceback or value


def _traceback_option() -> click.Option:
    """Works behind the command's name too, where somebody who repeats a command will add it."""
    return click.Option(
        ["--traceback"], is_flag=True, hidden=True, expose_value=False, callback=_show_traceback, help=TRACEBACK_HELP
    )


class _ReaderGone(Exception):
    """A BrokenPipeError under a name that click lets pass: it would exit with 1, which says "not accepted"."""


@contextmanager
def _noting_a_broken_pipe() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _ReaderGone from error


class Commands(click.Group):
    """Finds commands by the table above and turns errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"grader.cli.{cmd_name}_command")
        command: click.Command = module.command
        for each in (command, *getattr(command, "commands", {}).values()):
            if not any("--traceback" in option.opts for option in each.params):
                each.params.append(_traceback_option())
        if cmd_name not in WITHOUT_BANK and not any("--bank" in option.opts for option in command.params):
            command.params.append(_bank_option())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command '{args[0]}'{suggestion(args[0], COMMANDS, 'commands')}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by the table, so that completing imports none of them; or options, as elsewhere."""
        items = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return items + click.Command.shell_complete(self, ctx, incomplete)

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        with _noting_a_broken_pipe():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        with _noting_a_broken_pipe():
            return super().invoke(ctx)

    def main(self, args: Sequence[str] | None = None, *others: Any, **named: Any) -> Any:
        """Run and exit. No input of any kind ends in a traceback."""
        shared = named.setdefault("obj", Shared())
        named["standalone_mode"] = False
        _open_closed_streams()
        arguments = list(sys.argv[1:] if args is None else args)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # an ASCII terminal shows `?` rather than fail
                stream.reconfigure(errors="replace")
        try:
            code = super().main(arguments or ["--help"], *others, **named)
            sys.stdout.flush()
        except KeyboardInterrupt:
            code = _report(click.Abort())
        except Exception as error:  # the last line of defence: it reports everything
            code = _report(error, traceback=shared.traceback)
        sys.exit(code if isinstance(code, int) else 0)


def _open_closed_streams() -> None:
    """Give the standard streams that the caller closed to /dev/null.

    Python has None for them, and their numbers would go to the next files and sockets that are opened.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115  stays
            setattr(sys, name, stream)


def _report(error: Exception, *, traceback: bool = False) -> int:
    """One line on stderr; gives the exit code."""
    text = " ".join(str(error).split())
    match error:
        case _ReaderGone() | BrokenPipeError():  # `grader list | head`
            _discard_stdout()
            return BROKEN_PIPE
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG | errno.EIO, filename=None):
            _discard_stdout()
            note(f"grader: stdout can't be written: {error.strerror}; send it elsewhere and run the command again")
            return INTERNAL_ERROR
        case GraderError():
            note(f"grader: {text}")
            return error.exit_code
        case click.Abort():
            note("grader: interrupted")
            return INTERRUPTED
        case click.ClickException():
            note(f"grader: {' '.join(error.format_message().split())}")
            return error.exit_code
    if traceback:
        print_exception(error)
    else:
        note(f"grader: internal error, {type(error).__name__}: {text}; run with --traceback to see it")
    return INTERNAL_ERROR


def _discard_stdout() -> None:
    """What is still in its buffer can go nowhere; writing it at exit would fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--traceback", is_flag=True, help=TRACEBACK_HELP)
@click.version_option(__version__, prog_name="grader")
@click.pass_obj
def main(shared: Shared, traceback: bool) -> None:
    """PyTorch interview questions, and a grader whose verdict can be trusted.

    `grader COMMAND --help` says more about each command. Results go to stdout, and all else to stderr.

    Exit codes: 0 accepted, 1 judged and not accepted, 2 usage or a bad question, 3 the grader failed.

    Environment: GRADER_LANG is the language, en or zh. GRADER_DATA is the folder that your progress is kept in.

    \b
    Example:
      grader next
      grader list --topic attention
      grader start causal-attention
      grader check causal-attention.py
    """
    shared.traceback = traceback


main.params.insert(0, _bank_option())
