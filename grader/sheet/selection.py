"""Which questions go on a sheet.

The draw is a ranking: each question's rank is a hash of the seed, the candidate's name and its id. So a draw is
the same on every machine and for every version of Python, differs from candidate to candidate, and a question
that is added to the bank does not shuffle the others.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from grader.errors import SpecError, UnknownName, UsageError
from grader.question import Bank, Difficulty, Entry, Summary, read_summary, suggestion


@dataclass(frozen=True)
class Wanted:
    """What the questions of a draw must be. Empty tuples mean any."""

    topics: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    count: int | None = None  # None: all that fit
    minutes: int | None = None  # that they may take together


@dataclass(frozen=True)
class Drawn:
    """What came of a draw."""

    entries: tuple[Entry, ...]
    damaged: tuple[str, ...]  # sentences on questions that could not be read and so not be drawn


@dataclass(frozen=True)
class _Candidate:
    entry: Entry
    summary: Summary


def named(bank: Bank, ids: Sequence[str]) -> tuple[Entry, ...]:
    """Exactly these, in this order. Raises UsageError for one that is named twice, and UnknownName."""
    entries = tuple(bank[name] for name in ids)
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise UsageError(f"'{entry.id}' is named twice; a sheet holds a question once")
        seen.add(entry.id)
    return entries


def draw(bank: Bank, wanted: Wanted, seed: int, candidate: str) -> Drawn:
    """As many questions as asked for, by chance, the easy ones first.

    Raises UsageError where nothing matches, or less than was asked for, or where nothing fits into the minutes.
    """
    damaged: list[str] = []
    matching = _matching(bank, wanted, damaged)
    if not matching:
        raise UsageError("no question matches; `grader list` with the same options shows what there is")
    ranked = sorted(matching, key=lambda one: _rank(one.entry.id, seed, candidate))
    chosen = _chosen(ranked, wanted)
    by_difficulty = sorted(chosen, key=lambda one: get_args(Difficulty).index(one.summary.difficulty))
    return Drawn(tuple(one.entry for one in by_difficulty), tuple(damaged))


def _matching(bank: Bank, wanted: Wanted, damaged: list[str]) -> list[_Candidate]:
    known = list(dict.fromkeys(entry.topic for entry in bank))
    for topic in wanted.topics:
        if topic not in known:
            raise UnknownName(f"there is no topic '{topic}'{suggestion(topic, known, 'topics')}")
    found = []
    for entry in bank:
        if wanted.topics and entry.topic not in wanted.topics:
            continue
        try:
            summary = read_summary(entry.file)
        except SpecError as error:
            damaged.append(str(error))
            continue
        if _fits(summary, wanted):
            found.append(_Candidate(entry, summary))
    return found


def _fits(summary: Summary, wanted: Wanted) -> bool:
    return (not wanted.difficulties or summary.difficulty in wanted.difficulties) and (
        not wanted.kinds or summary.kind in wanted.kinds
    )


def _rank(question: str, seed: int, candidate: str) -> bytes:
    name = unicodedata.normalize("NFC", candidate)
    return hashlib.sha256(json.dumps([seed, name, question]).encode()).digest()


def _chosen(ranked: list[_Candidate], wanted: Wanted) -> list[_Candidate]:
    count, limit = wanted.count, wanted.minutes
    if count is not None and count > len(ranked):
        match = "1 question matches" if len(ranked) == 1 else f"{len(ranked)} questions match"
        raise UsageError(f"only {match}, and --count asks for {count}; ask for fewer or widen the selection")
    if limit is None:
        return ranked[:count]
    shortest = sorted(one.summary.minutes for one in ranked)
    least = sum(shortest[: count or 1])
    if least > limit:
        what = "question that matches takes" if (count or 1) == 1 else f"{count} questions that match take"
        raise UsageError(
            f"the shortest {what} {least} minutes, and --minutes allows {limit}; allow more or ask for less"
        )
    return _within(ranked, count, limit)


def _within(ranked: list[_Candidate], count: int | None, limit: int) -> list[_Candidate]:
    """By rank, each that leaves room for as many of the shortest as are still needed."""
    chosen: list[_Candidate] = []
    spent = 0
    for index, one in enumerate(ranked):
        if count is not None and len(chosen) == count:
            break
        missing = 0 if count is None else count - len(chosen) - 1
        later = sorted(other.summary.minutes for other in ranked[index + 1 :])
        if len(later) >= missing and spent + one.summary.minutes + sum(later[:missing]) <= limit:
            chosen.append(one)
            spent += one.summary.minutes
    return chosen
