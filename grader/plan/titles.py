"""Names of checks and cases for people."""

from __future__ import annotations

from collections.abc import Mapping

from grader.question import Case
from grader.text import Text

_TITLES = {
    "shape": Text(en="Shape", zh="形状"),
    "values": Text(en="Values", zh="数值"),
    "parameters": Text(en="Parameters", zh="参数"),
    "gradients": Text(en="Gradients", zh="梯度"),
    "repeat": Text(en="Repeated calls", zh="重复调用"),
    "errors": Text(en="Errors", zh="异常"),
    "dropout": Text(en="Dropout", zh="Dropout"),
    "training": Text(en="Training", zh="训练"),
}


def title_of(name: str) -> Text:
    """The title of a check whose spec gives none."""
    return _TITLES.get(name, Text(en=name[:1].upper() + name[1:], zh=name))


def case_in_words(case: Case, sizes: Mapping[str, int]) -> Text:
    """A case's name, or the author's note, and the sizes that matter, in their order."""
    shown = ", ".join(f"{letter} = {case.sizes.get(letter, size)}" for letter, size in sizes.items())
    name = case.note or Text(en=case.name, zh=case.name)
    if not shown:
        return name
    return Text(en=f"{name.en} ({shown})", zh=f"{name.zh}（{shown.replace(', ', '，')}）")
