"""A candidate's page: from results to what the template needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.pages import Cut, PageWords, cut, cut_start, highlight, kit, one_newline, page_name, short, visible_line
from grader.question import language_of
from grader.report import drawings
from grader.report.report_templates import report_templates
from grader.result import CheckResult, MistakeName, Result, Run
from grader.text import Language
from grader.verdict import Verdict

MAX_NAME = 300  # characters of a name
MAX_VALUE = 400  # of a value, got or expected
MAX_LINE = 1000  # of what has a line or a paragraph to itself
MAX_MESSAGE = 4000
MAX_TRACE = 8000
MAX_TEXT = 20_000  # of captured output, and of a written answer
MAX_NOTE = 200  # beside a line of the source
MAX_ENTRIES = 60  # suspicions of one submission

Fact = tuple[str, str, bool]  # its name, its value, whether the value is code


@dataclass(frozen=True)
class CheckView:
    """One automatic check, as the template shows it."""

    check: CheckResult
    title: str
    name: str  # the spec's name, where the title is another
    case: Cut | None
    message: Cut | None
    hint: str  # what is true of the wrong result, or ""
    trace: Cut | None
    facts: list[Fact]
    got: Cut | None
    expected: Cut | None
    heat: drawings.Heat | None
    curve: drawings.Curve | None
    images: drawings.Images | None
    where: str  # "Raised in line 12", or ""

    @property
    def detail(self) -> str:
        """What is said where there is nothing to show: a key of the words."""
        keys = {Verdict.ACCEPTED: "passed_detail", Verdict.SKIPPED: "skipped_detail"}
        return keys.get(self.check.verdict, "no_detail")

    @property
    def empty(self) -> bool:
        parts = (self.case, self.message, self.hint, self.trace, self.got, self.heat, self.curve, self.images)
        return not any(parts) and not self.facts and not self.where


@dataclass(frozen=True)
class ManualView:
    """One part that is left to a human."""

    check: CheckResult
    title: str
    answer: Cut
    rubric: list[str]


@dataclass(frozen=True)
class MistakeView:
    """A known mistake, and where it was seen."""

    sentence: str
    way_out: str
    checks: str


@dataclass(frozen=True)
class QuestionSection:
    """One question."""

    anchor: str
    result: Result
    question: str  # id
    title: str
    message: Cut | None
    mistakes: list[MistakeView]
    checks: list[CheckView]
    manual: list[ManualView]
    source: highlight.SourceListing
    suspicions: list[tuple[int, str]]  # line, what
    more_suspicions: int
    output: Cut
    facts: list[Fact]

    @property
    def failed_here(self) -> bool:
        return Verdict.GRADER_ERROR in (self.result.verdict, *(view.check.verdict for view in self.checks))


def shape_words(shape: list[int], w: PageWords) -> str:
    return " × ".join(map(str, shape)) or w("scalar")


def _percent(part: int, whole: int) -> str:
    """Never rounded to all or to nothing."""
    share = 100 * part / whole
    return f"{share:.0f}" if part == whole or 1 <= share < 99 else f"{min(max(share, 0.01), 99.99):.2g}"


def _difference_facts(check: CheckResult, w: PageWords) -> list[Fact]:
    found = check.difference
    if not found:
        return []
    place = "".join(f"[{', '.join(map(str, found.index))}]") if found.index else ""
    facts = [(w("worst"), short(found.name, MAX_VALUE) + place, True)]
    if found.total:
        percent = _percent(found.mismatched, found.total)
        share = w("outside_of", n=f"{found.mismatched:,}", total=f"{found.total:,}", percent=percent)
        facts.append((w("outside"), share, False))
    return [*facts, (w("shape"), shape_words(found.shape, w), False)] if found.shape else facts


def _times(margin: float) -> str:
    """A factor, readable up to a million, and never rounded down to one."""
    return f"{margin:,.0f}" if 1000 <= margin < 1e6 else f"{max(margin, 1.001):.4g}"


def _facts(check: CheckResult, w: PageWords) -> list[Fact]:
    facts = _difference_facts(check, w)
    if check.margin is not None and check.margin > 1:
        facts.append((w("margin"), w("margin_value", n=_times(check.margin)), False))
    return facts


def _value(text: str) -> Cut:
    start, more = cut(text, MAX_VALUE)
    return Cut(visible_line(start), more)


def _check(check: CheckResult, language: Language) -> CheckView:
    w, found, picture = PageWords(language), check.difference, check.picture
    title = short(check.title.in_language(language), MAX_NAME)
    return CheckView(
        check,
        title,
        name=short(check.name, MAX_NAME) if check.name.casefold() != title.casefold() else "",
        case=cut(check.case.in_language(language), MAX_MESSAGE) if check.case else None,
        message=cut(one_newline(check.message.in_language(language)), MAX_MESSAGE) if check.message else None,
        hint=short(check.hint.in_language(language), MAX_LINE) if check.hint and not check.mistake else "",
        trace=cut(one_newline(check.trace), MAX_TRACE) if check.trace else None,
        facts=_facts(check, w),
        got=_value(found.got) if found else None,
        expected=_value(found.expected) if found else None,
        heat=drawings.heat(found) if found else None,
        curve=drawings.curve(picture) if picture and picture.kind == "curve" else None,
        images=drawings.images(picture) if picture and picture.kind == "image" else None,
        where=w(_line_word(check, "at"), n=check.line) if check.line else "",
    )


def _manual(check: CheckResult, language: Language) -> ManualView:
    return ManualView(
        check,
        short(check.title.in_language(language), MAX_NAME),
        cut(one_newline(check.answer), MAX_TEXT),
        [short(line.in_language(language), MAX_LINE) for line in check.rubric],
    )


def _mistakes(checks: Sequence[CheckResult], language: Language) -> list[MistakeView]:
    """Each mistake once, with the titles of the checks that it explains."""
    w, seen = PageWords(language), dict[str, tuple[MistakeName, list[str]]]()
    for check in checks:
        if check.mistake:
            titles = seen.setdefault(check.mistake.id, (check.mistake, []))[1]
            titles.append(short(check.title.in_language(language), MAX_NAME))
    return [
        MistakeView(
            short(w.mistake(mistake.name), MAX_LINE),
            short(mistake.way_out.in_language(language), MAX_LINE),
            short(w("mistake_seen", checks=", ".join(titles)), MAX_LINE),
        )
        for mistake, titles in seen.values()
    ]


def _line_word(check: CheckResult, end: str) -> str:
    return f"forbidden_{end}" if check.verdict is Verdict.RULE_VIOLATION else f"raised_{end}"


def _listing(result: Result, language: Language) -> highlight.SourceListing:
    w, shown = PageWords(language), highlight.listing(result.source, language_of(result.kind))
    failed = [
        (check.line, short(f"{w(_line_word(check, 'here'))}: {check.title.in_language(language)}", MAX_NOTE))
        for check in result.checks
        if check.line
    ]
    highlight.mark(shown, failed, [(it.line, short(it.what, MAX_NOTE)) for it in result.suspicions[:MAX_ENTRIES]])
    return shown


def _result_facts(result: Result, run: Run, w: PageWords) -> list[Fact]:
    facts = [
        (w("file"), short(result.file, 1000), True),
        (w("source_hash"), result.source_hash, True),
        (w("question_hash"), result.question_hash, True),
        (w("seed"), str(run.seed), True),
        (w("replay"), short(run.command, 2000), True),
    ]
    return [fact for fact in facts if fact[1]]


def section_of(anchor: str, result: Result, facts: list[Fact], language: Language) -> QuestionSection:
    """One question as the templates show it. anchor: the id of its element; facts: what was graded."""
    return QuestionSection(
        anchor,
        result,
        short(result.question, MAX_NAME),
        short(result.title.in_language(language), MAX_NAME),
        cut(one_newline(result.message.in_language(language)), MAX_MESSAGE) if result.message else None,
        _mistakes(result.checks, language),
        [_check(check, language) for check in result.checks if not check.manual],
        [_manual(check, language) for check in result.checks if check.manual],
        _listing(result, language),
        [(found.line, short(found.what, MAX_VALUE)) for found in result.suspicions[:MAX_ENTRIES]],
        max(0, len(result.suspicions) - MAX_ENTRIES),
        cut_start(one_newline(result.output), MAX_TEXT),
        facts,
    )


def candidate_path(candidate: str) -> str:
    """Where a candidate's page is, relative to the report's folder."""
    return f"candidates/{page_name(candidate)}"


def write_candidate_page(out: Path, run: Run, candidate: str, results: Sequence[Result], language: Language) -> Path:
    """Write one candidate's page into a report folder and return its path.

    Raises UsageError where the folder can't be written.
    """
    return kit.write_page(
        out / candidate_path(candidate),
        report_templates(language),
        "candidate.html.j2",
        "folding.js",
        run=run,
        candidate=visible_line(candidate[:MAX_NAME]),
        more_name=max(0, len(candidate) - MAX_NAME),
        sections=[
            section_of(f"q{i}", result, _result_facts(result, run, PageWords(language)), language)
            for i, result in enumerate(results, 1)
        ],
        accepted=sum(result.verdict is Verdict.ACCEPTED for result in results),
        points=sum(result.points for result in results),
        max_points=sum(result.max_points for result in results),
        manual_points=sum(result.manual_points for result in results),
    )
