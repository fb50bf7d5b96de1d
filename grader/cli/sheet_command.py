"""`grader sheet`."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from grader.cli.completing import complete_ids, complete_topics
from grader.cli.options import Shared, language_option, note
from grader.cli.running import MAX_SEED
from grader.errors import UsageError
from grader.question import Bank, Difficulty, Entry, Kind
from grader.sheet import FORMATS
from grader.text import Language

if TYPE_CHECKING:
    from grader.sheet import Order, Wanted

FRESH_SEEDS = 10**9  # short enough to be typed from paper


@click.command("sheet")
@click.argument("questions", metavar="[ID...]", nargs=-1, shell_complete=complete_ids)
@click.option(
    "--topic", "topics", multiple=True, shell_complete=complete_topics, help="Draw from this topic. May be repeated."
)
@click.option(
    "--difficulty", "difficulties", type=click.Choice(get_args(Difficulty)), multiple=True, help="Draw from these."
)
@click.option(
    "--kind", "kinds", type=click.Choice([kind.value for kind in Kind]), multiple=True, help="Draw from these."
)
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="How many to draw. Default: all that fit.")
@click.option("--minutes", type=click.IntRange(min=1), metavar="M", help="How long they may take together.")
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), metavar="N", help="Repeat a draw. Default: a fresh one, which is told."
)
@click.option(
    "--candidate",
    "candidates",
    multiple=True,
    metavar="NAME",
    help="Whom it is for. Each name gets a draw of its own. May be repeated: then each gets a folder of its own, too.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, "all"]),
    multiple=True,
    default=["html"],
    show_default=True,
    help="May be repeated. A PDF needs the package typst.",
)
@click.option("--out", default=".", metavar="DIR", type=click.Path(path_type=Path), help="Where to. Default: here.")
@click.option("--no-key", is_flag=True, help="Write no answer key.")
@click.option(
    "--workspace",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Make a folder with the stubs too, for `grader check` and `grader grade`.",
)
@language_option
@click.pass_obj
def command(
    shared: Shared,
    questions: tuple[str, ...],
    topics: tuple[str, ...],
    difficulties: tuple[str, ...],
    kinds: tuple[str, ...],
    count: int | None,
    minutes: int | None,
    seed: int | None,
    candidates: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    no_key: bool,
    workspace: Path | None,
    language: Language,
) -> None:
    """Make a practice sheet, and the key to it as a file apart.

    With IDs the sheet has exactly these, in this order. Without, it has questions drawn from those that match:
    as many as --count and --minutes say, easy ones first. The seed of a draw stands on the sheet; together with
    the candidate's name it gives the same draw again. Files that are there already are never overwritten.

    \b
    Example:
      grader sheet causal-attention debug-attention --format pdf
      grader sheet --topic imagen --minutes 90 --candidate Ada --out sheets/ada
      grader sheet --count 5 --seed 7 --format all --lang zh --workspace desk
      grader sheet --minutes 60 --candidate Ada --candidate Grace --out sheets
    """
    from grader.pages import visible_line
    from grader.sheet import Order, Wanted

    _require_apart(out, workspace, key=not no_key)
    names = _names(candidates)
    wanted = Wanted(topics, difficulties, kinds, count, minutes)
    if questions:
        _require_no_draw(wanted, seed)
    else:
        seed = _fresh_seed() if seed is None else seed
    selections = _select(shared.open_bank(), questions, wanted, seed, names)
    files: dict[Path, bytes] = {}
    complain = _once()
    for name, entries in selections.items():
        order = Order(language, visible_line(name), seed, minutes, tuple(shared.banks))
        own_out, own_workspace = (_folder(each, name, names) for each in (out, workspace))
        assert own_out is not None
        files |= _files(entries, order, formats, own_out, own_workspace, complain, key=not no_key)
    _write(files)
    for name, entries in selections.items():
        _tell(entries, wanted, seed, name, several=len(names) > 1)


def _names(candidates: Sequence[str]) -> tuple[str, ...]:
    """Whom sheets are for; one without a name where nobody is named."""
    from grader.pages import visible_line
    from grader.sheet import starter

    names = tuple(name.strip() for name in candidates) or ("",)
    taken: dict[str, str] = {}
    for name in names:
        folder = starter.folder_of(name).casefold()
        if folder in taken:
            raise UsageError(
                f"--candidate '{visible_line(taken[folder])}' and '{visible_line(name)}' would share a folder"
            )
        taken[folder] = name
    return names


def _folder(parent: Path | None, name: str, names: Sequence[str]) -> Path | None:
    """Where one candidate's files go: into a folder of its own where there are several."""
    from grader.sheet import starter

    return parent / starter.folder_of(name) if parent is not None and len(names) > 1 else parent


def _once() -> Callable[[str], None]:
    """A listener that tells each sentence once: sheets share questions."""
    told: set[str] = set()

    def complain(sentence: str) -> None:
        if sentence not in told:
            told.add(sentence)
            note(f"grader: {sentence}")

    return complain


def _require_apart(out: Path, workspace: Path | None, *, key: bool) -> None:
    """Whoever gets the workspace must not get the key with it."""
    if key and workspace is not None and Path(os.path.realpath(out)).is_relative_to(os.path.realpath(workspace)):
        raise UsageError("the key would lie in the workspace; choose another --out, or leave it away with --no-key")


def _require_no_draw(wanted: Wanted, seed: int | None) -> None:
    given = {
        "--topic": wanted.topics,
        "--difficulty": wanted.difficulties,
        "--kind": wanted.kinds,
        "--count": wanted.count,
        "--minutes": wanted.minutes,
        "--seed": seed,
    }
    for option, value in given.items():
        if value not in ((), None):
            raise UsageError(f"{option} is for a draw, and with IDs nothing is drawn; give either")


def _fresh_seed() -> int:
    import secrets

    return secrets.randbelow(FRESH_SEEDS)


def _select(
    bank: Bank, questions: Sequence[str], wanted: Wanted, seed: int | None, names: Sequence[str]
) -> dict[str, tuple[Entry, ...]]:
    """The questions of each candidate."""
    from grader.sheet import draw, named

    if seed is None:
        return dict.fromkeys(names, named(bank, questions))
    drawn = {name: draw(bank, wanted, seed, name) for name in names}
    for problem in next(iter(drawn.values())).damaged:  # every draw reads the same questions
        note(f"grader: not drawn from: {problem}")
    return {name: one.entries for name, one in drawn.items()}


def _files(
    entries: Sequence[Entry],
    order: Order,
    formats: Sequence[str],
    out: Path,
    workspace: Path | None,
    complain: Callable[[str], None],
    *,
    key: bool,
) -> dict[Path, bytes]:
    """Everything that will be written, made before anything is."""
    from grader.sheet import compose, starter, written

    sheet, answers = compose(entries, order, complain, key=key)
    files: dict[Path, bytes] = {}
    for wanted in _formats(formats):
        files[out / f"sheet.{wanted}"] = written(sheet, wanted)
        if answers is not None:
            files[out / f"sheet-key.{wanted}"] = written(answers, wanted)
    if workspace is not None:
        files |= starter.files(workspace, sheet, entries)
    return files


def _formats(given: Sequence[str]) -> list[str]:
    return [one for one in FORMATS if one in given or "all" in given]


def _write(files: dict[Path, bytes]) -> None:
    from grader.sheet import write_new_files

    write_new_files(files)
    for path in files:
        click.echo(str(path))


def _tell(entries: Sequence[Entry], wanted: Wanted, seed: int | None, name: str, *, several: bool) -> None:
    """What the draw came to, and how to have it again."""
    from grader.pages import visible_line

    minutes = sum(entry.question.minutes for entry in entries)
    limit = "" if wanted.minutes is None else f" of {wanted.minutes}"
    many = "1 question" if len(entries) == 1 else f"{len(entries)} questions"
    told = f"grader: {f'{visible_line(name)}: ' if several else ''}{many}, {minutes}{limit} minutes"
    if seed is not None:
        told += f"; the same draw again: {shlex.join(_again(wanted, seed, name))}"
    note(told)


def _again(wanted: Wanted, seed: int, candidate: str) -> list[str]:
    options = {"--topic": wanted.topics, "--difficulty": wanted.difficulties, "--kind": wanted.kinds}
    words = [part for option, values in options.items() for value in values for part in (option, value)]
    numbers = {"--count": wanted.count, "--minutes": wanted.minutes, "--seed": seed}
    words += [part for option, n in numbers.items() if n is not None for part in (option, str(n))]
    return ["grader", "sheet", *words, *(["--candidate", candidate] if candidate else [])]
