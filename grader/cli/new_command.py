"""`grader new`."""

from __future__ import annotations

import keyword
import os
import re
import shlex
from pathlib import Path

import click

from grader.cli.options import Shared, note
from grader.cli.start_command import write_new
from grader.errors import UsageError
from grader.question import INSTALLED, Bank, built_in_root, schema, shown

SCAFFOLD = Path(__file__).parent / "scaffold"
OF_QUESTION = ("question.yaml", "stub.py")  # the other files go to the solutions
_NAME = re.compile("([a-z0-9]+(?:-[a-z0-9]+)*)/([a-z0-9]+(?:-[a-z0-9]+)*)")


@click.command("new")
@click.argument("name", metavar="TOPIC/ID")
@click.pass_obj
def command(shared: Shared, name: str) -> None:
    """Begin a question of your own: a small example that works, with TODOs where yours goes.

    It goes into the bank of --bank, which is made if it is not there, and otherwise into the bank of this
    checkout. Nothing that is there already is overwritten.

    \b
    Example:
      grader new attention/rotary-embedding
      grader new attention/rotary-embedding --bank my-questions
    """
    found = _NAME.fullmatch(name)
    if not found:
        form = "lower-case words joined by hyphens, such as attention/rotary-embedding"
        raise UsageError(f"'{name}' is not TOPIC/ID; write {form}")
    topic, question = found.groups()
    root = _target(shared)
    _require_free(shared, root, topic, question)
    _write(root, topic, question)
    where = f" --bank {shlex.quote(str(shared.banks[0]))}" if shared.banks else ""
    note(f"grader: fill in the TODOs, then prove it: grader verify {question}{where}")


def _target(shared: Shared) -> Path:
    if len(shared.banks) > 1:
        raise UsageError(f"a question goes into one bank, and --bank names {len(shared.banks)}")
    if shared.banks:
        return shared.banks[0].absolute()
    root = built_in_root()
    if root is None or root.name == INSTALLED:
        raise UsageError("name the bank that the question goes into with --bank DIR")
    return root


def _require_free(shared: Shared, root: Path, topic: str, question: str) -> None:
    there = [bank for bank in shared.banks if (bank / "questions").exists()]
    if there or built_in_root() is not None:
        bank = Bank.open(there)
        if question in bank:
            raise UsageError(f"there is a question '{question}' already: {shown(bank[question].folder)}")
    for tree in ("questions", "solutions"):
        folder = root / tree / topic / question
        if os.path.lexists(folder):
            raise UsageError(f"{shown(folder)}: is there already and is not overwritten")


def _write(root: Path, topic: str, question: str) -> None:
    for file, content in ((schema.FILE, schema.question_schema), (schema.MISTAKES_FILE, schema.mistakes_schema)):
        path = root / "docs" / file.name  # what the first line of a question.yaml or a mistakes.yaml names
        if not path.exists():
            write_new(path, content())
    for source in sorted(path for path in SCAFFOLD.rglob("*.*") if path.suffix in (".py", ".yaml")):
        relative = source.relative_to(SCAFFOLD)
        tree = "questions" if relative.name in OF_QUESTION else "solutions"
        path = root / tree / topic / question / relative
        write_new(path, _filled(source.read_text(encoding="utf-8"), topic, question).encode())
        click.echo(shown(path))


def _filled(text: str, topic: str, question: str) -> str:
    """The scaffold's text with the names that it uses replaced."""
    words = {
        "my-topic": topic,
        "my-question": question,
        "my_question": _entry(question),
        "My question": question.replace("-", " ").capitalize(),
    }
    return re.sub("|".join(words), lambda found: words[found[0]], text)


def _entry(question: str) -> str:
    """A Python name for the function."""
    name = question.replace("-", "_")
    if name[0].isdigit():
        return f"solve_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in ("torch", "x") else name
