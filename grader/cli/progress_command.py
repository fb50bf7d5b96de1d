"""`grader progress`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
import msgspec

from grader.cli.columns import write_columns
from grader.cli.completing import require_topics, topic_option
from grader.cli.options import Shared, format_option, language_option, note, on_terminal, write_json
from grader.errors import SpecError
from grader.practice import History, Standing, TopicStanding, by_topic, progress_file, standings, streak
from grader.question import Bank
from grader.text import Language, Text

SCHEMA_VERSION = 1

_NOTHING = Text(
    en="grader: nothing is recorded yet; `grader next` proposes a question",
    zh="grader：还没有任何记录；`grader next` 会推荐一道题",
)
_TOPIC_HEADINGS: dict[Language, list[str]] = {
    "en": ["TOPIC", "SOLVED", "TRIED", "ATTEMPTS", "HINTS", "TIME"],
    "zh": ["主题", "已解出", "未解出", "尝试次数", "提示", "用时"],
}
_HEADINGS: dict[Language, list[str]] = {
    "en": ["QUESTION", "TOPIC", "STATUS", "POINTS", "ATTEMPTS", "HINTS", "TIME", "LAST"],
    "zh": ["题目", "主题", "状态", "得分", "尝试次数", "提示", "用时", "最近"],
}
_STATUS = {
    "started": Text(en="begun", zh="已开始"),
    "tried": Text(en="tried", zh="未解出"),
    "solved": Text(en="solved", zh="已解出"),
    "solved_after_seeing": Text(en="solved after seeing the solution", zh="看过答案后解出"),
}
_SEEN = Text(en="{status}, solution seen", zh="{status}，看过答案")
_CHANGED = Text(en="{status}, and changed since", zh="{status}，此后题目有改动")
_GONE = Text(en="{status}, no longer in the bank", zh="{status}，题库中已无此题")
_ALL = Text(en="all", zh="合计")
_SOLVED = Text(en="{solved} of {questions}", zh="{solved} / {questions}")
_HOURS = Text(en="{h} h {m} min", zh="{h} 小时 {m} 分")
_MINUTES = Text(en="{m} min", zh="{m} 分钟")
_SECONDS = Text(en="{s} s", zh="{s} 秒")
_STREAK = Text(en="Days in a row: {n}", zh="连续练习天数：{n}")


class QuestionProgress(Standing, kw_only=True):
    """One question in `--format json`."""

    changed: bool  # solved, and the question is another one now
    in_bank: bool


class Progress(msgspec.Struct, kw_only=True):
    """What `--format json` writes."""

    schema_version: int
    file: str
    streak_days: int
    total: TopicStanding
    topics: list[TopicStanding]
    questions: list[QuestionProgress]


@click.command("progress")
@topic_option
@language_option
@format_option
@click.pass_obj
def command(shared: Shared, topics: tuple[str, ...], language: Language, output_format: str) -> None:
    """Show what you solved and tried, by topic and by question.

    Every check, hint and look at a solution is recorded in one SQLite file in your data folder; GRADER_DATA names
    another folder. Time is what passed before each of them, and a gap of more than an hour is a break that does not
    count. Days in a row are days of your calendar with at least one check, up to today or yesterday.

    The file never leaves this machine. To begin anew rename it; `--format json` says where it is.

    \b
    Example:
      grader progress
      grader progress --topic attention --format json
    """
    bank = shared.open_bank()
    path = progress_file()
    progress = _progress(bank, path, topics)
    if output_format == "json":
        write_json(progress)
        return
    if not progress.questions:
        note(_NOTHING.in_language(language))
    _write(progress, language)


def _progress(bank: Bank, path: Path, topics: tuple[str, ...]) -> Progress:
    events = History(path).events()
    found = list(standings(events).values())
    sizes = Counter(entry.topic for entry in bank)
    require_topics(topics, [*sizes, *(standing.topic for standing in found)])
    if topics:
        found = [standing for standing in found if standing.topic in topics]
        sizes = Counter({topic: number for topic, number in sizes.items() if topic in topics})
    total = TopicStanding("", sum(sizes.values()))
    for standing in found:
        total.add(standing)
    found.sort(key=lambda standing: (standing.topic, standing.question))
    return Progress(
        schema_version=SCHEMA_VERSION,
        file=str(path),
        streak_days=streak(events, datetime.now().astimezone().date()),
        total=total,
        topics=by_topic(found, sizes),
        questions=[_question(bank, standing) for standing in found],
    )


def _question(bank: Bank, standing: Standing) -> QuestionProgress:
    in_bank = standing.question in bank
    changed = False
    if in_bank and standing.solved_hash:
        try:
            changed = bank[standing.question].content_hash != standing.solved_hash
        except SpecError:  # it can't be read now, so it is another one
            changed = True
    return QuestionProgress(**msgspec.structs.asdict(standing), changed=changed, in_bank=in_bank)


# --- tables ---


def _write(progress: Progress, language: Language) -> None:
    rows = [_topic_row(row, row.topic, language) for row in progress.topics]
    if len(rows) > 1:
        rows.append(_topic_row(progress.total, _ALL.in_language(language), language))
    _write_table(_TOPIC_HEADINGS[language], rows)
    if progress.questions:
        _write_table(_HEADINGS[language], [_row(question, language) for question in progress.questions])
    click.echo(_STREAK.in_language(language).format(n=progress.streak_days))


def _topic_row(row: TopicStanding, name: str, language: Language) -> list[str]:
    solved = _SOLVED.in_language(language).format(solved=row.solved, questions=row.questions)
    return [name, solved, str(row.tried), str(row.attempts), str(row.hints), duration(row.seconds, language)]


def _row(question: QuestionProgress, language: Language) -> list[str]:
    return [
        question.question,
        question.topic,
        _status(question, language),
        f"{question.points}/{question.max_points}" if question.attempts else "",
        str(question.attempts),
        str(question.hints),
        duration(question.seconds, language),
        str(question.last.astimezone().date()),
    ]


def _status(question: QuestionProgress, language: Language) -> str:
    status = _STATUS[question.status].in_language(language)
    if question.solution_seen and not question.is_solved:
        status = _SEEN.in_language(language).format(status=status)
    if not question.in_bank:
        return _GONE.in_language(language).format(status=status)
    return _CHANGED.in_language(language).format(status=status) if question.changed else status


def duration(seconds: float, language: Language) -> str:
    """Seconds below a minute, otherwise hours and minutes; nothing for none."""
    if seconds < 59.5:
        return _SECONDS.in_language(language).format(s=round(seconds)) if seconds else ""
    minutes = round(seconds / 60)
    if minutes < 60:
        return _MINUTES.in_language(language).format(m=minutes)
    return _HOURS.in_language(language).format(h=minutes // 60, m=minutes % 60)


def _write_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not on_terminal():
        write_columns([headings, *rows])
        click.echo()
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console  # takes a tenth of a second to import
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0, style="bold" if number == 0 else "")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)
