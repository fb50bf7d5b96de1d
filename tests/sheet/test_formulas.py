"""The formulas of the bank."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from grader.errors import UsageError
from grader.maths import as_mathml
from grader.sheet import blocks as b
from grader.sheet.reading import read_inline, read_markdown
from tests.sheet.samples import built_in, markdown_of


def formulas() -> Iterator[b.Maths]:
    """Every formula of the bank, in both languages."""

    def within(value: object) -> Iterator[b.Maths]:
        if isinstance(value, b.Maths):
            yield value
        elif isinstance(value, tuple):
            for one in value:
                yield from within(one)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                yield from within(getattr(value, name))

    for entry in built_in():
        for text in markdown_of(entry):
            yield from within((read_markdown(text.en, pytest.fail), read_markdown(text.zh, pytest.fail)))
        for mistake in entry.mistakes.values():
            for text in (mistake.name, mistake.way_out):
                yield from within((read_inline(text.en, pytest.fail), read_inline(text.zh, pytest.fail)))


def test_every_formula_of_the_bank_can_be_set() -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    from grader.sheet.formats import pdf

    found = {maths.tex: maths for maths in formulas()}
    assert len(found) > 300
    for maths in found.values():
        assert maths.tree is not None
        ElementTree.fromstring(as_mathml(maths.tree))
        ElementTree.fromstring(as_mathml(maths.tree, displayed=True))
    body = tuple(b.Maths(maths.tex, maths.tree, displayed=True) for maths in found.values())
    inline = tuple(b.Paragraph((b.Maths(maths.tex, maths.tree),)) for maths in found.values())
    section = b.SheetSection("x", 1, "x", "x", "x", "x", "x", 1, "x", 1, body + inline, b.CodeBlock("", ""))
    try:
        made = pdf.write(b.Document("en", False, "x", "", (section,), ()))
    except UsageError as error:
        pytest.skip(str(error))  # no font with Chinese letters, which some formulas have
    assert made.startswith(b"%PDF")
