"""Interviews: a workspace with a timer, the record of what was checked in it, and the page that shows its course.

A workspace is a folder with stubs and a README, and `.grader-session/` in it:

    session.json     the questions, the minutes, when it began
    journal.jsonl    what happened: one event per line, only ever appended
    copies/          each stub and each checked file as it was graded, named by the hash of its text

Whoever sits at the workspace can edit all of it. It is a record for people who talk to each other, not evidence.
"""
