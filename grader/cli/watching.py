"""The loop of `check --watch`, and where it shows what it finds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.draw import Line, has_symbols
from grader.cli.options import note, on_terminal
from grader.cli.recording import note_all
from grader.cli.running import exit_code
from grader.cli.screen import Screen, ScreenParts, picture, plain
from grader.errors import GraderError
from grader.intake import Submission
from grader.pages import visible_line
from grader.result import Result
from grader.text import Language, Text

INTERRUPTED = 130
POLL_SECONDS = 0.05
GONE_POLLS = 20  # one second; editors take the file away for a moment when they save
# Looking at the file every 50 ms costs nothing that can be measured, and works on every system and file
# system. Notifications of the kernel are tied to an inode, and many editors save by putting a new one in its
# place.

_WATCHING = Text(en="watching {path}; Ctrl-C ends", zh="正在监视 {path}；按 Ctrl-C 结束")
_RUN = Text(en="run {n}; {status}", zh="第 {n} 次；{status}")
_CHECKING = Text(en="checking {path} ...", zh="正在检查 {path} ……")
_GONE = Text(
    en="{path} is gone; it is checked when it comes back, and Ctrl-C ends",
    zh="{path} 不见了；重新出现后会再次检查，按 Ctrl-C 结束",
)
_PREFIX = {"en": "grader: ", "zh": "grader："}


class Display:
    """One screen on a terminal; elsewhere results are appended to stdout, and the rest goes to stderr."""

    def __init__(self, path: Path, language: Language, write_json: Callable[[Result], None] | None = None) -> None:
        self._path = visible_line(str(path))
        self._language = language
        self._write_json = write_json
        clears = write_json is None and on_terminal() and os.environ.get("TERM") != "dumb"
        self._screen = Screen() if clears else None
        self._before: Result | None = None  # the last run that came to a result
        self._runs = 0
        self._recorded: list[str] = []  # what the recorders said last

    def checking(self) -> None:
        """A run begins. Only a terminal is told, because there it can be taken back."""
        self._runs += 1
        if self._screen:
            self._screen.show(None, [Line(self._say(_CHECKING), "dim")])

    def result(self, result: Result) -> None:
        """Show what a run came to."""
        if self._write_json:
            self._write_json(result)
        elif self._screen:
            self._screen.show(self._picture(result), self._foot())
        else:
            between = [""] if self._before else []
            for line in between + plain(self._picture(result)):
                click.echo(line)
        self._before = result

    def refused(self, why: str) -> None:
        """Show why there is no result."""
        if self._screen:
            self._screen.show(ScreenParts([Line(visible_line(why), "bold red")]), self._foot())
        else:
            note(f"grader: {why}")

    def recorded(self, lines: list[str]) -> None:
        """Show what recorders say: on a screen below each result, elsewhere where it is new."""
        before, self._recorded = self._recorded, lines
        if lines == before:
            return
        if self._screen:
            self._screen.show(None, self._foot())
        else:
            note_all(lines)

    def waiting(self) -> None:
        """A run is over."""
        if not self._screen:
            note(_PREFIX[self._language] + self._say(_WATCHING))

    def gone(self) -> None:
        """The file is not there."""
        if self._screen:
            self._screen.show(None, [Line(self._say(_GONE), "bold")])
        else:
            note(_PREFIX[self._language] + self._say(_GONE))

    def back(self) -> None:
        """It is there again, as it was."""
        if self._screen:
            self._screen.show(None, self._foot())
        self.waiting()

    def idle(self) -> None:
        """Nothing happens: time to follow the terminal's size."""
        if self._screen:
            self._screen.follow_size()

    def _picture(self, result: Result) -> ScreenParts:
        return picture(result, self._before, self._language, ascii_only=not has_symbols())

    def _foot(self) -> Sequence[Line]:
        status = _RUN.in_language(self._language).format(n=self._runs, status=self._say(_WATCHING))
        return [*(Line(visible_line(line), "yellow") for line in self._recorded), Line(status, "dim")]

    def _say(self, text: Text) -> str:
        return text.in_language(self._language).format(path=self._path)


@dataclass
class Watch:
    """Checks a file whenever its content changes."""

    path: Path
    read: Callable[[], Submission]
    judge: Callable[[Submission], Result]  # raises GraderError for what can't be judged
    record: Callable[[Submission, Result], list[str]]  # returns what there is to say
    display: Display
    code: int = INTERRUPTED  # the exit code of the last run

    def run(self) -> int:
        """Until Ctrl-C. Returns the exit code."""
        with suppress(KeyboardInterrupt):
            for submission in self._versions():
                self.display.checking()
                self._check(submission)
                self.display.waiting()
        return self.code

    def _check(self, submission: Submission) -> None:
        try:
            result = self.judge(submission)
        except GraderError as error:  # half a file, perhaps: the next version may be whole
            self.code = error.exit_code
            self.display.refused(str(error))
            return
        self.code = exit_code(result.verdict)  # before it is shown, so that Ctrl-C can't come between
        self.display.result(result)
        self.display.recorded(self.record(submission, result))

    def _versions(self) -> Iterator[Submission]:
        """Each new content of the file, for ever. A file that is gone for a moment is waited for."""
        last: tuple[str, str] | None = None
        seen: tuple[int, int, int] | None = None
        absent = 0  # how often in a row there was no file
        while True:
            now = _settled(self.path, seen)
            if now is None:
                absent += 1
                if absent == GONE_POLLS:
                    self.display.gone()
            else:
                submission = None if now == seen else self.read()
                content = _content(submission) if submission else last
                if submission and content != last:
                    yield submission
                elif absent >= GONE_POLLS:
                    self.display.back()
                seen, last, absent = now, content, 0
            self.display.idle()
            time.sleep(POLL_SECONDS)


def _content(submission: Submission) -> tuple[str, str]:
    return submission.source_hash, submission.error.en if submission.error else ""


def _settled(path: Path, seen: tuple[int, int, int] | None) -> tuple[int, int, int] | None:
    """The file's identity, time and size, once they have not changed for a moment; None where it is gone."""
    now = _look(path)
    while now is not None and now != seen:
        time.sleep(POLL_SECONDS)
        before, now = now, _look(path)
        if now == before:
            break
    return now


def _look(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
