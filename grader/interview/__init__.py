"""Interviews: a workspace with a timer, the record of what was checked in it, and the page that shows its course.

A workspace is a folder with stubs and a README, and `.grader-session/` in it:

    session.json     the questions, the minutes, when it began
    journal.jsonl    what happened: one event per line, only ever appended
    copies/          each stub and each checked file as it was graded, named by the hash of its text

Whoever sits at the workspace can edit all of it. It is a record for people who talk to each other, not evidence.
"""

from __future__ import annotations

from grader.interview.course import Attempt, Now, Work, clock, course_of, now
from grader.interview.log import Hinted
from grader.interview.log import read as read_log
from grader.interview.recorder import record_check, record_hint, record_solution
from grader.interview.workspace import Workspace, open_workspace
from grader.interview.workspace import find as find_workspace

__all__ = [
    "Attempt",
    "Hinted",
    "Now",
    "Work",
    "Workspace",
    "clock",
    "course_of",
    "course_page",
    "find_workspace",
    "log",
    "now",
    "open_workspace",
    "read_log",
    "record_check",
    "record_hint",
    "record_solution",
    "workspace",
]
