"""The page for the interviewer: from a workspace to what the template needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

from grader.errors import UsageError
from grader.interview.course import Attempt, Course, CourseStep, Work, clock, course_of
from grader.interview.diff import SourceDiff, difference
from grader.interview.interview_words import InterviewWords
from grader.interview.log import Checked, Event, Hinted, read
from grader.interview.session import Asked, Session
from grader.interview.timeline import timeline
from grader.interview.workspace import Workspace
from grader.pages import Cut, PageWords, cut, highlight, kit, one_newline, short, visible_line
from grader.report import TEMPLATES as REPORT
from grader.text import Language, Text
from grader.verdict import Verdict

TEMPLATES = Path(__file__).with_name("templates")
MARK = "<!-- grader session report -->"  # tells our pages, which may be written again, from all others
MAX_NAME = 300  # characters
MAX_MESSAGE = 4000
MAX_DRAWN = 100  # attempts of a question whose differences are drawn: the last ones

Fact = tuple[str, str, bool]  # its name, its value, whether the value is code


@dataclass(frozen=True)
class AttemptView:
    """One check, as the template shows it."""

    anchor: str
    attempt: Attempt
    at: str
    failing: str
    case: str
    message: Cut | None
    mistake: str
    way_out: str
    changed: SourceDiff | None  # None where there is nothing to compare, or where it is one attempt too many
    note: str  # a key of the words: why there is no difference to see, or ""
    facts: list[Fact]


@dataclass(frozen=True)
class AsideView:
    """A hint or a look at the solution, among the attempts."""

    anchor: str
    at: str
    late: bool
    hint: int | None  # its number


@dataclass(frozen=True)
class WorkView:
    """One question."""

    anchor: str
    work: Work
    title: str
    extra: bool  # not part of the interview
    changed_question: bool
    seconds: str
    solved: str
    entries: list[AttemptView | AsideView]
    not_drawn: int
    source: highlight.SourceListing | None


def write_report(workspace: Workspace, path: Path, language: Language) -> Path:
    """Write the page and return its path.

    Raises UsageError where the journal can't be read, the page can't be written, or `path` is another file.
    """
    _require_ours(path)
    log = read(workspace)
    course = course_of(workspace.session, log.events)
    anchors = {id(step): f"e{number}" for number, step in enumerate(course.steps, 1)}
    views = [_work(i, work, workspace, anchors, language) for i, work in enumerate(course.work, 1)]
    return kit.write_page(
        path,
        _templates(language),
        "session.html.j2",
        "folding.js",
        first_line=MARK + "\n",
        session=workspace.session,
        course=course,
        candidate=short(workspace.session.candidate, MAX_NAME),
        views=views,
        checks=sum(isinstance(step.event, Checked) for step in course.steps),
        hints=sum(view.work.hints for view in views),
        solutions=any(view.work.revealed for view in views),
        any_late=any(view.work.late for view in views),
        verdicts=_verdicts(course),
        damaged=log.damaged,
        drawing=timeline(course, lambda step: anchors[id(step)]),
        facts=_facts(workspace, language),
    )


def _require_ours(path: Path) -> None:
    """Raises UsageError for a file that this command did not write."""
    try:
        if not path.exists() and not path.is_symlink():
            return
        with path.open("rb") as file:
            ours = file.read(len(MARK)) == MARK.encode()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{visible_line(str(path))}: can't be written: {reason}; choose another --out") from None
    if not ours:
        raise UsageError(
            f"{visible_line(str(path))}: is there already and is no report of an interview; choose another --out"
        )


def _verdicts(course: Course) -> list[Verdict]:
    """Those that occur, for the legend."""
    found = {event.verdict for event in (step.event for step in course.steps) if isinstance(event, Checked)}
    return sorted(found, key=lambda verdict: verdict.severity)


def _work(number: int, work: Work, workspace: Workspace, anchors: dict[int, str], language: Language) -> WorkView:
    asked = next((one for one in workspace.session.questions if one.id == work.question), None)
    attempts = work.attempts
    contents = {one.checked.copy: workspace.copies.read(one.checked.copy) for one in attempts}
    stub = workspace.copies.read(asked.stub) if asked else None
    language_of_code = _language_of(asked, attempts)
    undrawn = max(0, len(attempts) - MAX_DRAWN)
    views: dict[int, AttemptView] = {}
    before = stub
    for one in attempts:
        after, first = contents[one.checked.copy], one.number == 1
        note = _note(before, after, first, asked is not None)
        drawn = None if note or before is None or after is None or one.number <= undrawn else (before, after)
        changed = difference(*drawn, language_of_code) if drawn else None
        if changed and changed.too_large:
            note = "too_large"
        views[id(one.step)] = _attempt(one, anchors[id(one.step)], changed, note, language)
        before = after
    entries = [views.get(id(step)) or _aside(step, anchors[id(step)]) for step in work.steps]
    last = contents[attempts[-1].checked.copy] if attempts else None
    return WorkView(
        f"q{number}",
        work,
        title=short(asked.title.in_language(language) if asked else work.question, MAX_NAME),
        extra=asked is None,
        changed_question=_changed(asked, attempts),
        seconds=clock(work.seconds),
        solved=clock(work.solved.step.seconds) if work.solved else "",
        entries=entries,
        not_drawn=undrawn,
        source=highlight.listing(last, language_of_code) if last else None,
    )


def _language_of(asked: Asked | None, attempts: list[Attempt]) -> str:
    yaml = asked.suffix == ".yaml" if asked else any(one.checked.file.endswith(".yaml") for one in attempts)
    return "yaml" if yaml else "python"


def _changed(asked: Asked | None, attempts: list[Attempt]) -> bool:
    hashes = {one.checked.question_hash for one in attempts} - {""}
    return len(hashes | ({asked.content_hash} if asked else set())) > 1


def _note(before: str | None, after: str | None, first: bool, has_stub: bool) -> str:
    """Why there is no difference to draw, as a key of the words; "" where there is one."""
    if after is None:
        return "no_copy"
    if before is None:
        return "" if first and not has_stub else "no_copy_before"
    if before == after:
        return "unchanged_stub" if first else "unchanged"
    return ""


def _attempt(one: Attempt, anchor: str, changed: SourceDiff | None, note: str, language: Language) -> AttemptView:
    w, found = PageWords(language), one.checked
    message = found.message.in_language(language) if found.message else ""
    return AttemptView(
        anchor,
        one,
        at=clock(one.step.seconds),
        failing=_short(found.failing, language),
        case=_short(found.case, language),
        message=cut(one_newline(message), MAX_MESSAGE) if message else None,
        mistake=short(w.mistake(found.mistake.name), 1000) if found.mistake else "",
        way_out=_short(found.mistake.way_out if found.mistake else None, language, 1000),
        changed=changed,
        note=note,
        facts=_attempt_facts(found, language),
    )


def _attempt_facts(found: Checked, language: Language) -> list[Fact]:
    w, s = PageWords(language), InterviewWords(language)
    facts = [
        (w("started"), f"{found.at:%Y-%m-%d %H:%M:%S %Z}", False),
        (w("file"), short(found.file, 1000), True),
        (s("seed"), str(found.seed), True),
        (w("source_hash"), short(found.source_hash, 100), True),
        (s("question_hash"), short(found.question_hash, 100), True),
        (s("copy"), short(found.copy, 100), True),
    ]
    return [fact for fact in facts if fact[1]]


def _short(text: Text | None, language: Language, limit: int = MAX_NAME) -> str:
    return short(text.in_language(language), limit) if text else ""


def _aside(step: CourseStep, anchor: str) -> AsideView:
    event: Event = step.event
    return AsideView(anchor, clock(step.seconds), step.late, event.number if isinstance(event, Hinted) else None)


def _facts(workspace: Workspace, language: Language) -> list[Fact]:
    s, session = InterviewWords(language), workspace.session
    return [
        (s("session"), short(session.id, 100), True),
        (s("folder"), short(str(workspace.root), 1000), True),
        (s("version"), short(session.grader, 100), True),
    ]


@cache
def _templates(language: Language) -> Environment:
    """Those of here, and behind them those of the reports."""
    templates = kit.environment(language, TEMPLATES, REPORT)
    templates.globals.update(s=InterviewWords(language))
    templates.filters.update(clock=clock, begun=_begun)
    return templates


def _begun(session: Session) -> str:
    return f"{session.begun:%Y-%m-%d %H:%M %Z}"
