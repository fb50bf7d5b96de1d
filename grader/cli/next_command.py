"""`grader next`."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

import click

from grader.cli.completing import require_topics, topic_option
from grader.cli.options import Shared, language_option, note
from grader.cli.question_labels import LABELS
from grader.errors import SpecError, UsageError
from grader.practice import Candidate, Event, History, Standing, Why, progress_file, propose, standings
from grader.question import Bank, Difficulty, Entry, Summary, read_summary
from grader.text import Language, Text

_NO_QUESTION = Text(en="grader: no question fits", zh="grader：没有符合条件的题目")
_ALL_SOLVED = Text(
    en="grader: you have solved every question that fits: {n} of {n}", zh="grader：符合条件的 {n} 道题你已全部解出"
)
_AS_IF_NONE = Text(
    en="grader: {problem}; proposed as if nothing had been done yet", zh="grader：{problem}；按尚未做过任何题目来推荐"
)
_BEGIN = Text(en="grader: begin with: grader start {id}", zh="grader：开始：grader start {id}")
_GO_ON = Text(
    en="grader: go on with: grader check {id}{suffix}; a hint: grader hint {id}",
    zh="grader：继续：grader check {id}{suffix}；看提示：grader hint {id}",
)
_REASONS: dict[Why, Text] = {
    "failed": Text(
        en="It is not solved yet: attempts {attempts}, best {points} of {max_points} points, last on {day}.",
        zh="尚未解出：已尝试 {attempts} 次，最高 {points} / {max_points} 分，最近一次是 {day}。",
    ),
    "begun": Text(
        en="You looked at it on {day} and have not checked an answer yet.",
        zh="你在 {day} 看过这道题，但还没有提交过答案。",
    ),
    "new_here": Text(
        en="It is new, and the easiest one left in '{topic}', where you were last.",
        zh="新题，是你最近练习的主题“{topic}”中剩下的最容易的一道。",
    ),
    "new": Text(en="It is new, and the easiest one left.", zh="新题，是剩下的题目中最容易的一道。"),
}


@click.command("next")
@topic_option
@click.option(
    "--difficulty", "difficulties", type=click.Choice(get_args(Difficulty)), multiple=True, help="Only these."
)
@language_option
@click.pass_obj
def command(shared: Shared, topics: tuple[str, ...], difficulties: tuple[str, ...], language: Language) -> None:
    """Propose one question to practise next, and say why.

    What you began or failed comes back on another day, or after three other questions. Otherwise it is something new:
    the easiest question left in the topic that you practised last, and then the easiest of all. The same progress
    gives the same answer on the same day.

    \b
    Example:
      grader next
      grader next --topic attention --difficulty medium --difficulty hard
    """
    bank = shared.open_bank()
    require_topics(topics, (entry.topic for entry in bank))
    found = {
        entry.id: (entry, summary)
        for entry, summary in _sound(bank)
        if (not topics or entry.topic in topics) and (not difficulties or summary.difficulty in difficulties)
    }
    if not found:
        note(_NO_QUESTION.in_language(language))
        return
    events = _events(language)
    now = standings(events)
    candidates = [
        Candidate(each.id, each.topic, summary.difficulty, summary.minutes) for each, summary in found.values()
    ]
    proposal = propose(candidates, events, now, datetime.now().astimezone().date())
    if proposal is None:
        note(_ALL_SOLVED.in_language(language).format(n=len(found)))
        return
    entry, summary = found[proposal.question]
    _write(entry, summary, proposal.why, now.get(entry.id), language)


def _sound(bank: Bank) -> list[tuple[Entry, Summary]]:
    found = []
    for entry in bank:
        try:
            found.append((entry, read_summary(entry.file)))
        except SpecError as error:
            note(f"grader: not proposed: {error}")
    return found


def _events(language: Language) -> list[Event]:
    try:
        return History(progress_file()).events()
    except UsageError as error:
        note(_AS_IF_NONE.in_language(language).format(problem=error))
        return []


def _write(entry: Entry, summary: Summary, why: Why, standing: Standing | None, language: Language) -> None:
    label = LABELS[language]
    difficulty = label["difficulties"].get(summary.difficulty, summary.difficulty)
    title = summary.title.in_language(language)
    click.echo(f"{entry.id}  {title}  {entry.topic} · {difficulty} · {summary.minutes} {label['minutes']}")
    click.echo(
        _REASONS[why]
        .in_language(language)
        .format(
            topic=entry.topic,
            attempts=standing.attempts if standing else 0,
            points=standing.points if standing else 0,
            max_points=standing.max_points if standing else 0,
            day=standing.last.astimezone().date() if standing else "",
        )
    )
    after = _GO_ON if why in ("failed", "begun") else _BEGIN
    note(after.in_language(language).format(id=entry.id, suffix=entry.suffix))
