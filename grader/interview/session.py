"""What an interview is: who was asked what, when it began, and for how long."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from grader.text import Language, Text

FORMAT = 1
MAX_MINUTES = 24 * 60


class Asked(msgspec.Struct, frozen=True):
    """One question of an interview, as it was when the interview began."""

    id: str
    title: Text
    suffix: Literal[".py", ".yaml"]  # of the file that answers it
    content_hash: str
    stub: str  # the name of its copy


class Session(msgspec.Struct, frozen=True):
    """What `session.json` holds; it is written once."""

    format: int
    id: str  # drawn at random
    candidate: str  # may be empty
    minutes: Annotated[int, msgspec.Meta(ge=1, le=MAX_MINUTES)]
    begun: Annotated[datetime, msgspec.Meta(tz=True)]
    language: Language
    grader: str  # version
    questions: list[Asked]

    @property
    def seconds(self) -> int:
        """The time that was given."""
        return self.minutes * 60
