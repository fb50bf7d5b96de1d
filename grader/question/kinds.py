"""The kinds of questions: everything that follows from what a candidate is to do stands in one row."""

from __future__ import annotations

from enum import StrEnum

from grader.text import Text, untranslated

_OF_CODE = (
    "entry",
    "forbid",
    "allow",
    "sizes",
    "arguments",
    "construct",
    "fill",
    "cases",
    "checks",
    "battery",
    "limits",
)


class Kind(StrEnum):
    """What the candidate does. Its value is the word in `kind:` of a spec; the rest follows from it."""

    label: Text  # for people
    suffix: str  # of the stub, of submissions and of solutions
    language: str  # in which answers are written, as Pygments and Markdown name it
    needs: tuple[str, ...]  # keys that a spec of this kind must have
    lacks: tuple[str, ...]  # keys that make no sense in it
    is_broken: bool  # the stub is a program with faults, and not a beginning

    def __new__(
        cls,
        value: str,
        label: Text,
        suffix: str = ".py",
        language: str = "python",
        needs: tuple[str, ...] = ("entry", "checks", "cases"),
        lacks: tuple[str, ...] = ("parts",),
        is_broken: bool = False,
    ) -> Kind:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label, kind.suffix, kind.language = label, suffix, language
        kind.needs, kind.lacks, kind.is_broken = needs, lacks, is_broken
        return kind

    IMPLEMENT = "implement", Text(en="implement", zh="实现")
    DEBUG = "debug", Text(en="debug", zh="调试"), ".py", "python", ("entry", "checks", "cases"), ("parts",), True
    TRAIN = "train", Text(en="train", zh="训练")
    CONCEPT = "concept", Text(en="concept", zh="概念"), ".yaml", "yaml", ("parts",), _OF_CODE

    @property
    def is_code(self) -> bool:
        """Whether answers are programs, which are run; others are data, which are only read."""
        return self.suffix == ".py"


_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}


def kind_in_words(name: str) -> Text:
    """The label of a kind; of one that is not known here, as in an older report, its own name."""
    kind = _KINDS.get(name)
    return kind.label if kind else untranslated(name)


def language_of(name: str) -> str:
    """The language in which answers to a kind of question are written; Python where the kind is not known here."""
    return _KINDS.get(name, Kind.IMPLEMENT).language
