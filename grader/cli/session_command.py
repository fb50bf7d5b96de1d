"""`grader session`: a timed interview."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from grader.cli.options import Shared, format_option, language_option, note, on_terminal, write_json
from grader.errors import UsageError
from grader.question import Bank, Entry
from grader.text import Language, Text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.interview import Attempt, Now, Work, Workspace

SCHEMA_VERSION = 1
MAX_MINUTES = 24 * 60
MAX_NAME = 200  # characters

_RUNNING = Text(
    en="the time runs: {minutes} minutes, until {end}; begin with: cd {folder}",
    zh="计时开始：{minutes} 分钟，到 {end} 为止；先运行：cd {folder}",
)
_LEFT = Text(en="{time} of {minutes} min left", zh="剩余 {time}，共 {minutes} 分钟")
_OVER = Text(en="time is over since {time}", zh="时间已到，超出 {time}")
_ENDED = Text(en="ended after {time}", zh="已结束，用时 {time}")
_ROW = Text(
    en="{points:>7}  {attempts:>2} checks  {hints} hints  {time:>7}  {question}",
    zh="{points:>7}  评测 {attempts:>2} 次  提示 {hints} 条  用时 {time:>7}  {question}",
)
_DAMAGED = Text(en="{n} damaged lines of the journal were passed over", zh="跳过了日志中损坏的 {n} 行")
_NEXT = Text(
    en="the page about it: grader session report {folder}", zh="生成面试记录页面：grader session report {folder}"
)


class AskedSoFar(msgspec.Struct, frozen=True):
    """One question in `--format json`."""

    question: str
    verdict: Verdict | None  # of the last check in time
    points: int
    attempts: int
    hints: int
    seconds: float
    solution_seen: bool


class Status(msgspec.Struct, frozen=True):
    """What `grader session status --format json` writes."""

    schema_version: int
    candidate: str
    minutes: int
    seconds: float  # since the beginning, or until the end
    seconds_left: float  # negative where the time is over
    ended: bool
    damaged_lines: int
    questions: list[AskedSoFar]


@click.group("session", subcommand_metavar="COMMAND [ARGS]...")
def command() -> None:
    """Run a timed interview and report its course.

    `start` makes a folder with stubs, and the time runs. Each `grader check` of a file in that folder is recorded
    with its time and a copy of the file, and so is each `grader hint` that is called in it. `report` draws a page
    for the interviewer. It is a record, not evidence: whoever has the folder can edit it.

    \b
    Example:
      grader session start --minutes 45 --candidate Ada causal-attention simple-cnn
      grader session status interview-ada
      grader session report interview-ada --out ada.html
    """


@command.command("start")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--minutes",
    type=click.IntRange(1, MAX_MINUTES),
    metavar="N",
    help="The time that is given. Default: the minutes of the questions, added up.",
)
@click.option("--candidate", metavar="NAME", default="", help="Who is interviewed; it is shown on the page.")
@click.option(
    "--dir",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to make it: a new folder, or an empty one. Default: ./interview-NAME.",
)
@click.option("--bank", "banks", type=Path, multiple=True, metavar="DIR", help="One more bank. May be repeated.")
@language_option
@click.pass_obj
def start(
    shared: Shared,
    ids: tuple[str, ...],
    minutes: int | None,
    candidate: str,
    folder: Path | None,
    banks: tuple[Path, ...],
    language: Language,
) -> None:
    """Make a workspace with stubs, and start its timer.

    Nothing is overwritten: a folder that is not empty is refused.

    \b
    Example:
      grader session start --minutes 45 causal-attention simple-cnn
      grader session start --candidate Ada --dir ada causal-attention
    """
    from grader.interview import workspace

    shared.banks.extend(banks)
    entries = _entries(shared.open_bank(), ids)
    if len(candidate) > MAX_NAME:
        raise UsageError(f"--candidate: the name has {len(candidate)} characters; {MAX_NAME} are the most")
    minutes = minutes or min(MAX_MINUTES, sum(entry.question.minutes for entry in entries))
    made = workspace.start(folder or Path(_folder_name(candidate)), entries, minutes, candidate, language)
    end = (made.session.begun + timedelta(minutes=minutes)).astimezone()
    click.echo(str(made.root))
    note("grader: " + _RUNNING.in_language(language).format(minutes=minutes, end=f"{end:%H:%M}", folder=made.root))


def _entries(bank: Bank, ids: tuple[str, ...]) -> list[Entry]:
    entries = [bank[name] for name in ids]
    for entry in entries:
        if entries.count(entry) > 1:
            raise UsageError(f"'{entry.id}' is named twice; name each question once")
    return entries


def _folder_name(candidate: str) -> str:
    words = re.sub(r"[^\w-]+", "-", candidate.lower()).strip("-")
    return f"interview-{words}" if words else "interview"


folder_argument = click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))


@command.command("status")
@folder_argument
@language_option
@format_option
def status(folder: Path, language: Language, output_format: str) -> None:
    """Say how much time is left, and how each question stands.

    \b
    Example:
      grader session status
      grader session status interview-ada --format json
    """
    from grader.interview import workspace

    _show(workspace.open_workspace(folder), language, output_format)


@command.command("end")
@folder_argument
@language_option
def end(folder: Path, language: Language) -> None:
    """End an interview before its time is over.

    Later checks are still judged and recorded, and marked as late.

    \b
    Example:
      grader session end interview-ada
    """
    from datetime import UTC, datetime

    from grader.interview import clock, course_of, log, workspace

    found = workspace.open_workspace(folder)
    ended = course_of(found.session, log.read(found).events).ended
    if ended:
        raise UsageError(f"{folder}: this interview was ended already, after {clock(ended.seconds)}")
    try:
        log.append(found, log.Ended(datetime.now(UTC)))
    except OSError as error:
        raise UsageError(f"{found.folder}: can't be written: {error.strerror or error}") from None
    _show(found, language, "text")
    note("grader: " + _NEXT.in_language(language).format(folder=folder))


@command.command("report")
@folder_argument
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default="session-report.html",
    show_default=True,
    help="The page. Written again where it is an earlier one; no other file is overwritten.",
)
@language_option
def report(folder: Path, out: Path, language: Language) -> None:
    """Write a page for the interviewer: one self-contained HTML file.

    It shows the course of the interview: attempts, verdicts, hints, the time at each question, and what changed
    between attempts. It can be written at any time, also while the interview is going on.

    \b
    Example:
      grader session report interview-ada --out ada.html --lang zh
    """
    from grader.interview import course_page, open_workspace

    click.echo(str(course_page.write_report(open_workspace(folder), out, language)))


# --- what is shown ---


def _show(found: Workspace, language: Language, output_format: str) -> None:
    from grader.interview import course_of, log, now

    read = log.read(found)
    at, work = now(found.session, read.events), course_of(found.session, read.events).work
    if output_format == "json":
        session = found.session
        standings = [_standing(one) for one in work]
        write_json(
            Status(
                SCHEMA_VERSION,
                session.candidate,
                session.minutes,
                at.seconds,
                at.left,
                at.ended,
                read.damaged,
                standings,
            )
        )
        return
    click.echo(_headline(found, at, language))
    for one in work:
        click.echo(_row(one, language))
    if read.damaged:
        note("grader: " + _DAMAGED.in_language(language).format(n=read.damaged))


def _headline(found: Workspace, at: Now, language: Language) -> str:
    from grader.interview import clock
    from grader.pages import visible_line

    text = _ENDED if at.ended else _LEFT if at.left > 0 else _OVER
    time = at.seconds if at.ended else abs(at.left)
    told = text.in_language(language).format(time=clock(time), minutes=found.session.minutes)
    shown = click.style(told, bold=True) if on_terminal() else told
    return f"{visible_line(found.session.candidate)}: {shown}" if found.session.candidate else shown


def _row(work: Work, language: Language) -> str:
    from grader.cli.draw import symbol
    from grader.interview import clock
    from grader.pages import visible_line

    last = work.in_time
    row = _ROW.in_language(language).format(
        points=f"{last.checked.points}/{last.checked.max_points}" if last else "–",
        attempts=len(work.attempts),
        hints=work.hints,
        time=clock(work.seconds),
        question=visible_line(work.question),
    )
    return f"{symbol(last.checked.verdict) if last else ' '} {row}"


def _standing(work: Work) -> AskedSoFar:
    last: Attempt | None = work.in_time
    return AskedSoFar(
        work.question,
        last.checked.verdict if last else None,
        last.checked.points if last else 0,
        len(work.attempts),
        work.hints,
        round(work.seconds, 1),
        work.revealed,
    )
