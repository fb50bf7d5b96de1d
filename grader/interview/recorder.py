"""What commands tell an interview: a check, a hint, a look at the solution. Outside of a workspace nothing happens."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import UsageError
from grader.intake import Submission, display_name
from grader.interview.course import clock, now
from grader.interview.log import Checked, Event, Hinted, Revealed, append, read
from grader.interview.workspace import Workspace, find
from grader.pages import visible_line, well_formed
from grader.result import CheckResult, Result
from grader.text import Text
from grader.verdict import Verdict

_LEFT = Text(en="recorded for the interview; {time} left", zh="已记入面试；还剩 {time}")
_LATE = Text(
    en="recorded for the interview as late; the time was over {time} ago",
    zh="已记入面试并标记为超时；时间已于 {time} 前用完",
)
_ENDED = Text(en="recorded for the interview, after its end", zh="已记入面试；面试此前已结束")


def record_check(path: Path, submission: Submission, result: Result, seed: int) -> str | None:
    """Note a check in the interview that its file lies in.

    Gives a line for the person, in the interview's language, or None outside of interviews. Raises UsageError
    where it can't be recorded; what was recorded before is unharmed.
    """

    def event(workspace: Workspace) -> Event:
        file = os.path.relpath(os.path.abspath(path), workspace.root)
        return checked(submission, result, seed, display_name(file), workspace.copies.keep(submission.source))

    return _record(path, event)


def record_hint(folder: Path, question: str, number: int) -> str | None:
    """Note that a hint was shown to whoever works in this folder; as `record_check`."""
    return _record(folder, lambda _: Hinted(_time(), question, number))


def record_solution(folder: Path, question: str) -> str | None:
    """Note that the reference was shown; as `record_check`."""
    return _record(folder, lambda _: Revealed(_time(), question))


def checked(submission: Submission, result: Result, seed: int, file: str, copy: str) -> Checked:
    """The line about a result."""
    failing = next((check for check in result.checks if _failed(check)), None)
    named = next((check.mistake for check in result.checks if check.mistake), None)
    return Checked(
        at=_time(),
        question=result.question,
        file=file,
        verdict=result.verdict,
        points=result.points,
        max_points=result.max_points,
        seed=seed,
        source_hash=submission.source_hash,
        copy=copy,
        question_hash=result.question_hash,
        failing=failing.title if failing else None,
        case=_plain(failing.case) if failing else None,
        message=_plain((failing.message if failing else None) or result.message),
        mistake=named,
    )


def _failed(check: CheckResult) -> bool:
    return not check.manual and check.verdict not in (Verdict.ACCEPTED, Verdict.SKIPPED)


def _plain(text: Text | None) -> Text | None:
    """Without what no UTF-8 can hold: it may quote the submission."""
    return Text(well_formed(text.en), well_formed(text.zh)) if text else None


def _time() -> datetime:
    return datetime.now(UTC)


def _record(inside: Path, make: Callable[[Workspace], Event]) -> str | None:
    workspace = find(inside)
    if workspace is None:
        return None
    try:
        append(workspace, make(workspace))
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{visible_line(str(workspace.folder))}: can't be written: {reason}") from None
    return _said(workspace)


def _said(workspace: Workspace) -> str:
    at = now(workspace.session, read(workspace).events)
    if at.ended:
        return _ENDED.in_language(workspace.session.language)
    text = _LEFT if at.left > 0 else _LATE
    return text.in_language(workspace.session.language).format(time=clock(abs(at.left)))
