"""Text in both languages of the bank."""

from __future__ import annotations

from typing import Literal

import msgspec

Language = Literal["en", "zh"]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def untranslated(text: str) -> Text:
    """A text that is the same in every language: an id, a name from code, an exception's words."""
    return Text(en=text, zh=text)
