"""`grader check`."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from grader.cli.completing import complete_ids
from grader.cli.options import Shared, format_option, language_option, plain_json
from grader.cli.recording import CHECK_RECORDERS, JudgedFile, note_all, tell
from grader.cli.running import MAX_SEED, device_option, exit_code, isolation_option
from grader.errors import BrokenGrader, UnknownName, UsageError
from grader.intake import Submission, read_submission
from grader.question import Entry
from grader.result import Result, Run
from grader.text import Language
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.grading import Grader, Settings

SCHEMA_VERSION = 1


class Report(msgspec.Struct, frozen=True):
    """What `--format json` writes."""

    schema_version: int
    run: Run
    result: Result


@dataclass(frozen=True)
class Subject:
    """What is checked, and how the verdict is shown."""

    path: Path
    entry: Entry
    language: Language
    as_json: bool
    keep: bool  # record it in the progress
    seed: int
    command: str  # that replays it

    def read(self) -> Submission:
        """The file as it is now. The user named it, so a link is followed here."""
        path = Path(os.path.realpath(self.path))
        submission = read_submission(path, "", self.entry.id, path.parent)
        return msgspec.structs.replace(submission, file=str(self.path))


@click.command("check")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--question",
    metavar="ID",
    shell_complete=complete_ids,
    help="The question that it answers. Default: the file's name says it.",
)
@click.option("--watch", is_flag=True, help="Stay, and check again whenever the file is saved. Ctrl-C ends.")
@click.option("--no-record", is_flag=True, help="Leave this out of `grader progress`.")
@click.option("--seed", type=click.IntRange(0, MAX_SEED), metavar="N", help="Other inputs than the usual ones.")
@isolation_option("none")
@device_option
@language_option
@format_option
@click.pass_obj
def command(
    shared: Shared,
    file: Path,
    question: str | None,
    watch: bool,
    no_record: bool,
    seed: int | None,
    isolation: str,
    device: str,
    language: Language,
    output_format: str,
) -> int:
    """Judge one file, and say what is wrong with it.

    The file's name says which question it answers: causal-attention.py, or causal-attention.ipynb. The inputs are
    the same every time. Each check is recorded for `grader progress` and `grader next`.

    With --watch one screen shows the verdict, what changed since the last run, and the first check that fails; a
    check without it shows all of them. Where stdout is no terminal, each run is appended as plain text.

    Exit codes: 0 accepted, 1 judged and not accepted, 2 it can't be judged, 3 the grader failed. With --watch the
    last run decides, and 130 says that there was none.

    \b
    Example:
      grader check causal-attention.py
      grader check causal-attention.py --watch
      grader check attempt-2.py --question causal-attention
    """
    entry = _entry(shared, file, question)
    _require_file(file, entry)
    # From here on the order is for speed: the sandbox imports torch while this process imports the rest.
    from grader.grading import CHECK_SEED, Settings
    from grader.sandbox import Level

    settings = Settings(
        device=device,
        isolation=Level(isolation),
        seed=CHECK_SEED if seed is None else seed,
        language=language,
        preload=entry.trains,
    )
    banks = [part for bank in shared.banks for part in ("--bank", str(bank))]
    options = ["--question", entry.id, "--seed", str(settings.seed), "--device", device, *banks]
    replay = shlex.join(["grader", "check", str(file), *options])
    subject = Subject(file, entry, language, output_format == "json", not no_record, settings.seed, replay)
    return _watch(shared, settings, subject) if watch else _check_once(shared, settings, subject)


def _entry(shared: Shared, file: Path, question: str | None) -> Entry:
    bank = shared.open_bank()
    if question is not None:
        return bank[question]
    try:
        return bank[file.stem]
    except UnknownName as error:
        raise UnknownName(f"{file}: {error}; --question ID says which one it answers") from None


def _require_file(file: Path, entry: Entry) -> None:
    if not os.path.lexists(file):
        raise UsageError(f"{file}: there is no such file; `grader start {entry.id}` makes one")
    if not file.exists():
        raise UsageError(f"{file}: is a link that leads nowhere; name the file itself")
    if (file.suffix == ".yaml") != (entry.suffix == ".yaml"):
        raise UsageError(f"{file}: has the wrong ending; this question is answered in {entry.id}{entry.suffix}")


def _open(shared: Shared, settings: Settings) -> Grader:
    from grader.grading import Grader

    return Grader(shared.open_bank(), settings)


def _check_once(shared: Shared, settings: Settings, subject: Subject) -> int:
    with _open(shared, settings) as grader:
        import_module("grader.cli.draw")  # while torch is imported there
        grader.prepare(subject.entry.id)
        submission = subject.read()
        result = _judge(grader, subject, submission)
        try:
            if subject.as_json:
                _write_json(grader, subject, result)
            else:
                from grader.cli.draw import show_result

                show_result(result, subject.language)
        finally:  # last, for nobody waits for it; but also where `| head` has closed the pipe
            note_all(_record(subject, submission, result))
        return exit_code(result.verdict)


def _judge(grader: Grader, subject: Subject, submission: Submission) -> Result:
    """Raises UsageError for what can't be judged, and BrokenGrader."""
    if submission.error is not None:
        raise UsageError(f"{subject.path}: {submission.error.in_language(subject.language)}")
    result = grader.grade(submission)
    if result.verdict is Verdict.GRADER_ERROR and not result.checks and not subject.as_json:
        raise BrokenGrader(result.message.in_language(subject.language) if result.message else "no reason given")
    return result


def _write_json(grader: Grader, subject: Subject, result: Result) -> None:
    click.echo(plain_json(msgspec.json.encode(Report(SCHEMA_VERSION, grader.run(subject.command), result))))


def _record(subject: Subject, submission: Submission, result: Result) -> list[str]:
    """Tell everybody who keeps a record; returns what there is to say."""
    if result.verdict is Verdict.GRADER_ERROR:
        return []  # it says nothing about the answer
    done = JudgedFile(subject.path, subject.entry, subject.seed, submission, result, subject.keep)
    return tell(CHECK_RECORDERS, done)


def _watch(shared: Shared, settings: Settings, subject: Subject) -> int:
    from grader.cli.watching import Display, Watch

    with _open(shared, settings) as grader:
        watch = Watch(
            subject.path,
            subject.read,
            lambda submission: _judge(grader, subject, submission),
            lambda submission, result: _record(subject, submission, result),
            Display(subject.path, subject.language, partial(_write_json, grader, subject) if subject.as_json else None),
        )
        return watch.run()
