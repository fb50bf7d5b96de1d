"""`grader list`."""

from __future__ import annotations

from typing import get_args

import click
import msgspec

from grader.cli.columns import write_columns
from grader.cli.completing import require_topics, topic_option
from grader.cli.options import Shared, format_option, language_option, note, on_terminal, write_json
from grader.cli.question_labels import LABELS
from grader.errors import SpecError
from grader.question import Bank, Difficulty, Entry, Kind, Summary, read_summary, shown
from grader.text import Language, Text

SCHEMA_VERSION = 1
_NONE = Text(en="no question fits", zh="没有符合条件的题目")
_HEADINGS: dict[Language, list[str]] = {
    "en": ["ID", "TOPIC", "KIND", "DIFFICULTY", "TIME", "TITLE"],
    "zh": ["编号", "主题", "类型", "难度", "时间", "标题"],
}


class ListedQuestion(msgspec.Struct, frozen=True):
    """One question of the list."""

    id: str
    topic: str
    kind: Kind
    difficulty: Difficulty
    minutes: int
    title: Text
    bank: str  # the folder of its bank


class ListedQuestions(msgspec.Struct, frozen=True):
    """What `--format json` writes."""

    schema_version: int
    questions: list[ListedQuestion]
    damaged: dict[str, str]  # id: what is wrong


@click.command("list")
@topic_option
@click.option(
    "--difficulty", "difficulties", type=click.Choice(get_args(Difficulty)), multiple=True, help="Only these."
)
@click.option("--kind", "kinds", type=click.Choice([kind.value for kind in Kind]), multiple=True, help="Only these.")
@click.option(
    "--search",
    default="",
    metavar="WORDS",
    help="Every word must be in the id, the topic, the title or the text.",
)
@language_option
@format_option
@click.pass_obj
def command(
    shared: Shared,
    topics: tuple[str, ...],
    difficulties: tuple[str, ...],
    kinds: tuple[str, ...],
    search: str,
    language: Language,
    output_format: str,
) -> None:
    """List the questions of the bank.

    A line for each: id, topic, kind, difficulty, minutes and title. An option that is given several times allows
    more, and different options must all fit. Questions that can't be read are named on stderr.

    \b
    Example:
      grader list --topic attention --difficulty medium
      grader list --search "moving average" --format json
    """
    bank = shared.open_bank()
    require_topics(topics, (entry.topic for entry in bank))
    words = search.casefold().split()
    rows: list[ListedQuestion] = []
    damaged: dict[str, str] = {}
    for entry in bank:
        if topics and entry.topic not in topics:
            continue
        try:
            summary = read_summary(entry.file, prompt=bool(words))
        except SpecError as error:
            damaged[entry.id] = str(error)
            continue
        fits = (not difficulties or summary.difficulty in difficulties) and (not kinds or summary.kind in kinds)
        if fits and _has_words(entry, summary, words):
            rows.append(_row(entry, summary))
    _note_others(bank, damaged)
    if output_format == "json":
        write_json(ListedQuestions(SCHEMA_VERSION, rows, damaged))
    else:
        _write_table(rows, language)


def _has_words(entry: Entry, summary: Summary, words: list[str]) -> bool:
    texts = [summary.title, summary.prompt] if summary.prompt else [summary.title]
    place = "\n".join([entry.id, entry.topic, *(f"{text.en}\n{text.zh}" for text in texts)]).casefold()
    return all(word in place for word in words)


def _row(entry: Entry, summary: Summary) -> ListedQuestion:
    return ListedQuestion(
        id=entry.id,
        topic=entry.topic,
        kind=summary.kind,
        difficulty=summary.difficulty,
        minutes=summary.minutes,
        title=summary.title,
        bank=str(entry.bank),
    )


def _note_others(bank: Bank, damaged: dict[str, str]) -> None:
    for ignored in bank.ignored:
        note(f"grader: ignored {shown(ignored.path)}: {ignored.reason}")
    for error in damaged.values():
        note(f"grader: not listed: {error}")


def _write_table(rows: list[ListedQuestion], language: Language) -> None:
    if not rows:
        note("grader: " + _NONE.in_language(language))
        return
    label = LABELS[language]
    table = [
        [
            row.id,
            row.topic,
            row.kind.traits.label.in_language(language),
            label["difficulties"].get(row.difficulty, row.difficulty),
            f"{row.minutes} {label['minutes']}",
            row.title.in_language(language),
        ]
        for row in rows
    ]
    if on_terminal():
        table.insert(0, _HEADINGS[language])
    write_columns(table)
