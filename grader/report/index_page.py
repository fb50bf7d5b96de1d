"""The overview of a batch: one light row per candidate, so that thousands fit into memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.pages import PageWords, kit, short
from grader.report.candidate_page import candidate_path
from grader.report.report_templates import report_templates
from grader.result import Result, Run
from grader.text import Language, Text, untranslated
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.intake import Ignored

MAX_NAME = 80  # characters; the candidate's own page shows more
MAX_MISTAKES = 20
MAX_REASON = 300
MAX_WHAT = 2000
WIDE = 7  # questions from which on the heads of the columns stand upright


@dataclass(frozen=True, slots=True)
class IndexCell:
    """One submission in a row."""

    verdict: Verdict
    points: int
    max_points: int
    manual_points: int
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One candidate; made by `summarise`."""

    candidate: str
    cells: tuple[tuple[str, IndexCell], ...]  # question's id, what came of it
    titles: tuple[tuple[str, Text], ...]
    mistakes: tuple[tuple[str, Text], ...]  # question's id, name of the mistake; each once
    problems: tuple[tuple[str, Text], ...]  # file, why nothing could be checked


def summarise(candidate: str, results: Sequence[Result]) -> IndexRow:
    """What the overview needs of a candidate's results."""
    mistakes = {
        (result.question, check.mistake.id): (result.question, check.mistake.name)
        for result in results
        for check in result.checks
        if check.mistake
    }
    return IndexRow(
        candidate,
        tuple(
            (r.question, IndexCell(r.verdict, r.points, r.max_points, r.manual_points, f"q{i}"))
            for i, r in enumerate(results, 1)
        ),
        tuple((result.question, result.title) for result in results),
        tuple(mistakes.values()),
        tuple((r.file or r.question, r.message) for r in results if r.message and not r.checks),
    )


@dataclass
class Column:
    """One question."""

    id: str
    title: str
    submissions: int = 0  # that were judged; our own failures say nothing about a question
    accepted: int = 0
    points: int = 0

    @property
    def mean(self) -> str:
        return f"{self.points / self.submissions:.1f}" if self.submissions else ""


@dataclass(frozen=True)
class Absent:
    """Something that was not graded, and why."""

    candidate: str
    page: str
    what: str
    reason: str


@dataclass
class RowView:
    """One candidate as the template shows it."""

    name: str
    page: str
    cells: list[list[IndexCell]]  # by column; empty where nothing was handed in
    points: int
    max_points: int
    manual_points: int


@dataclass
class Tally:
    """What is counted over all rows."""

    columns: dict[str, Column] = field(default_factory=dict)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    mistakes: Counter[tuple[str, str]] = field(default_factory=Counter)  # question's id, mistake's name

    def add(self, row: IndexRow, language: Language) -> None:
        for question, title in row.titles:
            known, words = self.columns.get(question), title.in_language(language)
            if known is None or known.title == known.id:  # where the grader failed, the title is the id
                self._name(question, words)
        for question, cell in row.cells:
            self._add_cell(self.columns[question], cell)
        self.mistakes.update((question, name.in_language(language)) for question, name in row.mistakes)

    def _name(self, question: str, title: str) -> None:
        column = self.columns.setdefault(question, Column(short(question, MAX_NAME), ""))
        column.title = short(title, MAX_NAME)

    def _add_cell(self, column: Column, cell: IndexCell) -> None:
        column.submissions += cell.verdict is not Verdict.GRADER_ERROR
        column.accepted += cell.verdict is Verdict.ACCEPTED
        column.points += cell.points
        self.verdicts[cell.verdict] += 1


def _view(row: IndexRow, columns: Iterable[str]) -> RowView:
    cells: dict[str, list[IndexCell]] = {}
    for question, cell in row.cells:
        cells.setdefault(question, []).append(cell)
    all_cells = [cell for _, cell in row.cells]
    return RowView(
        short(row.candidate, MAX_NAME),
        candidate_path(row.candidate),
        [cells.get(question, []) for question in columns],
        sum(cell.points for cell in all_cells),
        sum(cell.max_points for cell in all_cells),
        sum(cell.manual_points for cell in all_cells),
    )


def _absent(
    rows: Sequence[IndexRow],
    missing: Mapping[str, Sequence[str]],
    ignored: Sequence[Ignored],
    language: Language,
) -> list[Absent]:
    """What could not be graded, then what was not handed in, then the harmless files."""
    w = PageWords(language)
    pages = {row.candidate: candidate_path(row.candidate) for row in rows}
    found = [(row.candidate, what, why) for row in rows for what, why in row.problems]
    found += [(it.candidate, it.file, it.reason) for it in ignored if not it.harmless]
    handed_in = untranslated(w("not_handed_in"))
    found += [(candidate, ", ".join(ids), handed_in) for candidate, ids in missing.items()]
    found += [(it.candidate, it.file, it.reason) for it in ignored if it.harmless]
    return [
        Absent(
            short(candidate, MAX_NAME),
            pages.get(candidate, ""),
            short(what, MAX_WHAT),
            short(why.in_language(language), MAX_REASON),
        )
        for candidate, what, why in found
    ]


def write_index(
    out: Path,
    run: Run,
    rows: Iterable[IndexRow],
    language: Language,
    missing: Mapping[str, Sequence[str]] | None = None,
    ignored: Iterable[Ignored] = (),
) -> Path:
    """Write the overview of a batch and return its path.

    `missing` names the questions that a candidate did not hand in, `ignored` the files that are no
    submissions. Raises UsageError where the folder can't be written.
    """
    rows, tally = list(rows), Tally()
    for row in rows:
        tally.add(row, language)
    columns = dict(sorted(tally.columns.items()))
    return kit.write_page(
        out / "index.html",
        report_templates(language),
        "index.html.j2",
        "sorting.js",
        run=run,
        rows=[_view(row, columns) for row in rows],
        columns=list(columns.values()),
        wide=len(columns) >= WIDE,
        verdicts=[(verdict, tally.verdicts[verdict]) for verdict in Verdict if tally.verdicts[verdict]],
        submissions=tally.verdicts.total(),
        by_hand=any(cell.manual_points for row in rows for _, cell in row.cells),
        mistakes=_common(tally),
        more_mistakes=max(0, len(tally.mistakes) - MAX_MISTAKES),
        absent=_absent(rows, missing or {}, list(ignored), language),
    )


def _common(tally: Tally) -> list[tuple[int, Column, str]]:
    ranked = sorted(tally.mistakes.items(), key=lambda item: (-item[1], item[0]))
    return [
        (count, tally.columns[question], short(name, MAX_REASON)) for (question, name), count in ranked[:MAX_MISTAKES]
    ]
