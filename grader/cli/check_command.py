"""`grader check`."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from grader.bank import Entry
from grader.cli.options import Shared, format_option, language_option, note, on_terminal
from grader.cli.running import MAX_SEED, device_option, isolation_option
from grader.errors import BrokenGrader, GraderError, UnknownName, UsageError
from grader.result import Result, Run
from grader.submission import Submission, read_submission
from grader.text import Language, Text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.pipeline import Grader, Settings

SCHEMA_VERSION = 1
INTERRUPTED = 130
POLL_SECONDS = 0.05
GONE_POLLS = 20  # one second; editors take the file away for a moment when they save
# Looking at the file every 50 ms costs nothing that can be measured, and works on every system and file
# system. Notifications of the kernel are tied to an inode, and many editors save by putting a new one in its
# place.


_WATCHING = Text(en="grader: watching {path}; Ctrl-C ends", zh="grader：正在监视 {path}；按 Ctrl-C 结束")
_GONE = Text(
    en="grader: {path} is gone; it is checked when it comes back, and Ctrl-C ends",
    zh="grader：{path} 不见了；重新出现后会再次检查，按 Ctrl-C 结束",
)


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
    command: str

    def read(self) -> Submission:
        """The file as it is now. The user named it, so a link is followed here."""
        path = Path(os.path.realpath(self.path))
        submission = read_submission(path, "", self.entry.id, path.parent)
        return msgspec.structs.replace(submission, file=str(self.path))


@click.command("check")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--question", metavar="ID", help="The question that it answers. Default: the file's name says it.")
@click.option("--watch", is_flag=True, help="Stay, and check again whenever the file is saved. Ctrl-C ends.")
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
    seed: int | None,
    isolation: str,
    device: str,
    language: Language,
    output_format: str,
) -> int:
    """Judge one file.

    The file's name says which question it answers: causal-attention.py, or causal-attention.ipynb.

    \b
    Example:
      grader check causal-attention.py
      grader check causal-attention.py --watch
      grader check attempt-2.py --question causal-attention
    """
    entry = _entry(shared, file, question)
    _require_file(file, entry)
    # From here on the order is for speed: the sandbox imports torch while this process imports the rest.
    from grader.pipeline import CHECK_SEED, Settings
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
    subject = Subject(file, entry, language, output_format == "json", replay)
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
    from grader.pipeline import Grader

    return Grader(shared.open_bank(), settings)


def _check_once(shared: Shared, settings: Settings, subject: Subject) -> int:
    with _open(shared, settings) as grader:
        import_module("grader.cli.draw")  # while torch is imported there
        grader.prepare(subject.entry.id)
        return _judge(grader, subject, subject.read())


def _judge(grader: Grader, subject: Subject, submission: Submission, *, redraw: bool = False) -> int:
    """Grade, show, and return the exit code. Raises UsageError for what can't be judged, BrokenGrader."""
    if submission.error is not None:
        raise UsageError(f"{subject.path}: {submission.error.in_language(subject.language)}")
    result = grader.grade(submission)
    if result.verdict is Verdict.GRADER_ERROR and not result.checks and not subject.as_json:
        raise BrokenGrader(result.message.in_language(subject.language) if result.message else "no reason given")
    if subject.as_json:
        report = Report(SCHEMA_VERSION, grader.run(subject.command), result)
        click.echo(msgspec.json.encode(report))
    else:
        from grader.cli.draw import show_result

        if redraw and on_terminal():
            click.clear()
        show_result(result, subject.language)
    return exit_code(result.verdict)


def exit_code(verdict: Verdict) -> int:
    """0 accepted, 1 judged and not accepted, 3 the grader failed."""
    return {Verdict.ACCEPTED: 0, Verdict.GRADER_ERROR: 3}.get(verdict, 1)


# --- watching ---


def _watch(shared: Shared, settings: Settings, subject: Subject) -> int:
    code = INTERRUPTED
    with _open(shared, settings) as grader:
        try:
            for submission in _versions(subject):
                code = _judge_or_say(grader, subject, submission)
        except KeyboardInterrupt:
            pass
    return code


def _judge_or_say(grader: Grader, subject: Subject, submission: Submission) -> int:
    try:
        code = _judge(grader, subject, submission, redraw=True)
    except GraderError as error:  # half a file, perhaps: the next version may be whole
        note(f"grader: {error}")
        code = error.exit_code
    note(_WATCHING.in_language(subject.language).format(path=subject.path))
    return code


def _versions(subject: Subject) -> Iterator[Submission]:
    """Each new content of the file, for ever. A file that is gone for a moment is waited for."""
    last: tuple[str, str] | None = None
    seen: tuple[int, int, int] | None = None
    absent = 0  # how often in a row there was no file
    while True:
        now = _settled(subject.path, seen)
        absent = absent + 1 if now is None else 0
        if absent == GONE_POLLS:
            note(_GONE.in_language(subject.language).format(path=subject.path))
        if now is not None and now != seen:
            submission = subject.read()
            content = (submission.source_hash, submission.error.en if submission.error else "")
            if content != last:
                yield submission
            last = content
        seen = now or seen
        time.sleep(POLL_SECONDS)


def _settled(path: Path, seen: tuple[int, int, int] | None) -> tuple[int, int, int] | None:
    """The file's identity, time and size, once they have not changed for a moment; None where it is gone."""
    now = _look(path)
    while now is not None and now != seen:
        time.sleep(POLL_SECONDS)
        before, now = now, _look(path)
        if now == before:
            break
    return now


def _look(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
