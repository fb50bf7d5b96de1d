"""Code on stdout: highlighted where a person reads it, and as it is in a file or a pipe."""

from __future__ import annotations

import click

from grader.cli.options import on_terminal


def write_code(text: str, lexer: str) -> None:
    """Print it. `lexer` is pygments' name of the language: "python", "yaml", "diff"."""
    if not on_terminal():
        click.echo(text, nl=not text.endswith("\n"))
        return
    from rich.console import Console  # takes a tenth of a second to import
    from rich.syntax import Syntax

    Console().print(Syntax(text, lexer, theme="ansi_dark", background_color="default", word_wrap=True))
