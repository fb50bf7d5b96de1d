"""Every format writes everything that a sheet can be made of; a new one is asked for all of it."""

from __future__ import annotations

from typing import get_args

import pytest

from grader.maths import parse
from grader.sheet import blocks as b
from grader.sheet.formats import FORMATS, written

WORD = (b.Plain("word"),)
INLINES: tuple[b.Inline, ...] = (
    b.Plain("plain"),
    b.Code("code"),
    b.Maths("x", parse("x")),
    b.Maths("\\nothing", None),
    b.Strong(WORD),
    b.Emphasis(WORD),
    b.Link(WORD, "https://example.org"),
    b.Break(),
)
BLOCKS: tuple[b.Block, ...] = (
    b.Paragraph(INLINES),
    b.Heading(1, WORD),
    b.Items(((b.Paragraph(WORD),),)),
    b.Items(((b.Paragraph(WORD),),), start=1),
    b.Grid((WORD, WORD), ((WORD, WORD),), ("left", "right")),
    b.CodeBlock("x = 1", "python"),
    b.Quote((b.Paragraph(WORD),)),
    b.LineAcross(),
    b.Maths("x", parse("x"), displayed=True),
    b.Together((b.Paragraph(WORD),)),
    b.Choices(several=True, options=(b.Choice("a", WORD), b.Choice("b", WORD, right=True)), told="two"),
    b.Blank("answer", "MB"),
    b.WritingSpace(3, "answer"),
)


def _document(language: b.Language, is_key: bool = False) -> b.Document:
    section = b.SheetSection(
        "id", 1, "title", "topic", "kind", "easy", "5 min", 5, "1", 1, BLOCKS, b.CodeBlock("x", "python"), BLOCKS
    )
    return b.Document(language, is_key, "title", "Ada", (section,), ())


def test_the_samples_have_every_block_and_every_inline() -> None:
    assert {type(block) for block in BLOCKS} == set(get_args(b.Block))
    assert {type(inline) for inline in INLINES} == set(get_args(b.Inline))


@pytest.mark.parametrize("is_key", [False, True], ids=["sheet", "key"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_writes_every_block_and_every_inline(name: str, is_key: bool) -> None:
    if name == "pdf":
        pytest.importorskip("typst", reason="Typst is not installed")
    assert len(written(_document("en", is_key), name)) > 500
