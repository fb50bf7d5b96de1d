"""Text in both languages of the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

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


@dataclass(frozen=True)
class Catalogue:
    """The words of a page in one language; a subclass names its table."""

    language: Language
    table: ClassVar[Mapping[str, Text]]

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key of the table, with its gaps filled."""
        return self.table[key].in_language(self.language).format(**values)

    def count(self, key: str, n: int) -> str:
        """A phrase with a number in it: "1 line", "2 lines"; both are the same in Chinese."""
        singular = f"{key}.one"
        return self(singular if n == 1 and singular in self.table else key, n=f"{n:,}")
