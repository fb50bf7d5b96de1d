"""`grader start`."""

from __future__ import annotations

from pathlib import Path

import click

from grader.bank import read_bytes
from grader.cli.options import Shared
from grader.errors import UsageError
from grader.spec.positions import shown


@click.command("start")
@click.argument("question", metavar="ID")
@click.argument("folder", metavar="[DIR]", default=".", type=Path)
@click.pass_obj
def command(shared: Shared, question: str, folder: Path) -> None:
    """Write a question's stub into a folder, the current one by default.

    A file that is there already is never overwritten.

    \b
    Example:
      grader start causal-attention
      grader start causal-attention practice/
    """
    entry = shared.open_bank()[question]
    path = folder / f"{entry.id}{entry.suffix}"
    write_new(path, read_bytes(entry.stub))
    click.echo(str(path))


def write_new(path: Path, content: bytes) -> None:
    """A file that was not there before. Raises UsageError where there is one, or it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        there = path if path.exists() or path.is_symlink() else path.parent
        raise UsageError(f"{shown(there)}: is there already and is not overwritten") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        raise UsageError(f"{shown(path)}: can't be written: {getattr(error, 'strerror', None) or error}") from None
