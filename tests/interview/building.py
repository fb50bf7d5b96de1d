"""An interview that happened at chosen times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from grader.interview import log
from grader.interview.workspace import FILE, FOLDER, Workspace, find, start
from grader.question.bank import Bank
from grader.result import MistakeName
from grader.text import Text, untranslated
from grader.verdict import Verdict

BEGUN = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
MISTAKE = MistakeName("no_scale", Text("nothing is scaled", "没有缩放"), Text("Divide by √D.", "除以 √D。"))


class Interview:
    """A workspace of two questions of a small bank, whose events come at minutes after its beginning."""

    def __init__(self, root: Path, bank: Bank, *ids: str, minutes: int = 30, candidate: str = "Ada") -> None:
        made = start(root, [bank[name] for name in ids], minutes, candidate, "en")
        session = msgspec.structs.replace(made.session, begun=BEGUN)
        (root / FOLDER / FILE).write_bytes(msgspec.json.encode(session))
        found = find(root)
        assert found is not None
        self.workspace: Workspace = found

    def check(
        self,
        minute: float,
        question: str,
        source: str,
        verdict: Verdict = Verdict.WRONG_ANSWER,
        points: int = 1,
        mistake: MistakeName | None = None,
        message: str = "",
    ) -> None:
        failed = verdict is not Verdict.ACCEPTED
        asked = [one for one in self.workspace.session.questions if one.id == question]
        self.add(
            log.Checked(
                at=self.at(minute),
                question=question,
                file=f"{question}{asked[0].suffix if asked else '.py'}",
                verdict=verdict,
                points=points,
                max_points=6,
                seed=7,
                source_hash="0" * 64,
                copy=self.workspace.copies.keep(source),
                question_hash=asked[0].content_hash if asked else "",
                failing=Text("Values", "数值") if failed else None,
                case=untranslated("typical (N = 3)") if failed else None,
                message=untranslated(message or "`output` at [0] is 2; expected 1.") if failed else None,
                mistake=mistake,
            )
        )

    def hint(self, minute: float, question: str, number: int) -> None:
        self.add(log.Hinted(self.at(minute), question, number))

    def solution(self, minute: float, question: str) -> None:
        self.add(log.Revealed(self.at(minute), question))

    def end(self, minute: float) -> None:
        self.add(log.Ended(self.at(minute)))

    def add(self, event: log.Event) -> None:
        log.append(self.workspace, event)

    def raw(self, line: bytes) -> None:
        """A line as somebody's editor would leave it."""
        with (self.workspace.folder / log.FILE).open("ab") as file:
            file.write(line)

    @staticmethod
    def at(minute: float) -> datetime:
        return BEGUN + timedelta(minutes=minute)
