"""The kinds of questions: everything that follows from what a candidate is to do stands in one row."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Traits:
    """What follows from a kind."""

    label: Text  # for people
    suffix: str = ".py"  # of the stub, of submissions and of solutions
    language: str = "python"  # in which answers are written, as Pygments and Markdown name it
    needs: tuple[str, ...] = ("entry", "checks", "cases")  # keys that a spec of this kind must have
    lacks: tuple[str, ...] = ("parts",)  # keys that make no sense in it
    is_broken: bool = False  # the stub is a program with faults, and not a beginning


class Kind(StrEnum):
    """What the candidate does. Its value is the word in `kind:` of a spec; the rest follows from it."""

    traits: Traits

    def __new__(cls, value: str, traits: Traits) -> Kind:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.traits = traits
        return kind

    IMPLEMENT = "implement", Traits(Text(en="implement", zh="实现"))
    DEBUG = "debug", Traits(Text(en="debug", zh="调试"), is_broken=True)
    TRAIN = "train", Traits(Text(en="train", zh="训练"))
    CONCEPT = (
        "concept",
        Traits(Text(en="concept", zh="概念"), suffix=".yaml", language="yaml", needs=("parts",), lacks=_OF_CODE),
    )

    @property
    def is_code(self) -> bool:
        """Whether answers are programs, which are run; others are data, which are only read."""
        return self.traits.suffix == ".py"


_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}


def kind_in_words(name: str) -> Text:
    """The label of a kind; of one that is not known here, as in an older report, its own name."""
    kind = _KINDS.get(name)
    return kind.traits.label if kind else untranslated(name)


def language_of(name: str) -> str:
    """The language in which answers to a kind of question are written; Python where the kind is not known here."""
    return _KINDS.get(name, Kind.IMPLEMENT).traits.language
