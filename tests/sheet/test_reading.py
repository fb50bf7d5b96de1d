"""From Markdown to blocks, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.maths import parse
from grader.sheet import blocks as b
from grader.sheet.formats import md
from grader.sheet.reading import read_inline, read_markdown, with_links
from tests.sheet.samples import built_in, markdown_of


def read(text: str) -> b.Blocks:
    return read_markdown(text, pytest.fail)


def paragraph(*inlines: b.Inline) -> b.Paragraph:
    return b.Paragraph(inlines)


def test_a_text_becomes_words_code_and_maths() -> None:
    assert read("Divide `x` by $\\sqrt{D}$, *not* by **D**.") == (
        paragraph(
            b.Plain("Divide "),
            b.Code("x"),
            b.Plain(" by "),
            b.Maths("\\sqrt{D}", parse("\\sqrt{D}")),
            b.Plain(", "),
            b.Emphasis((b.Plain("not"),)),
            b.Plain(" by "),
            b.Strong((b.Plain("D"),)),
            b.Plain("."),
        ),
    )


def test_a_formula_on_its_own_lines_ends_a_paragraph() -> None:
    maths = b.Maths("x", parse("x"), displayed=True)
    expected = (paragraph(b.Plain("It is")), maths, paragraph(b.Plain("then.")))
    assert read("It is\n\n$$x$$\n\nthen.") == expected
    assert read("It is\n$$x$$\nthen.") == expected


def test_dollars_are_money_where_nothing_closes_them() -> None:
    assert read("costs $5 and $6") == (paragraph(b.Plain("costs $5 and $6")),)


def test_the_end_of_a_line_is_a_space_only_between_words() -> None:
    assert read("two\nlines") == (paragraph(b.Plain("two lines")),)
    assert read("两\n行") == (paragraph(b.Plain("两行")),)
    assert read("两行，\nx 和\n`y`") == (paragraph(b.Plain("两行，x 和 "), b.Code("y")),)


def test_html_is_shown_and_not_obeyed() -> None:
    assert read("a <b>c</b> <script>") == (paragraph(b.Plain("a <b>c</b> <script>")),)
    assert read("<script>alert(1)</script>") == (paragraph(b.Plain("<script>alert(1)</script>")),)


def test_links_lead_only_to_pages() -> None:
    assert read("[a](https://b.org)") == (paragraph(b.Link((b.Plain("a"),), "https://b.org")),)
    assert read("[a](notes.md)") == (paragraph(b.Emphasis((b.Plain("a"),))),)
    assert read("![alt](https://b.org/c.png)") == (paragraph(b.Link((b.Plain("alt"),), "https://b.org/c.png")),)


def test_addresses_of_a_source_are_links() -> None:
    assert with_links("Ho 2022, https://arxiv.org/abs/1; Li.") == (
        b.Plain("Ho 2022, "),
        b.Link((b.Plain("https://arxiv.org/abs/1"),), "https://arxiv.org/abs/1"),
        b.Plain("; Li."),
    )


def test_lists_tables_listings_and_headings() -> None:
    assert read(
        "## A\n\n1. one\n2. two\n\n| a | b |\n| --- | ---: |\n| `x` | 1 |\n\n```python\nx = 1\n```\n\n> q\n\n---"
    ) == (
        b.Heading(1, (b.Plain("A"),)),
        b.Items(((paragraph(b.Plain("one")),), (paragraph(b.Plain("two")),)), start=1),
        b.Grid(((b.Plain("a"),), (b.Plain("b"),)), (((b.Code("x"),), (b.Plain("1"),)),), ("left", "right")),
        b.CodeBlock("x = 1", "python"),
        b.Quote((paragraph(b.Plain("q")),)),
        b.LineAcross(),
    )


def test_a_formula_that_cannot_be_set_is_told_and_kept() -> None:
    told: list[str] = []
    assert read_inline("so $\\foo x$", told.append)[-1] == b.Maths("\\foo x", None)
    assert told == ["the formula '\\foo x' can't be set and is shown as it was written: the command \\foo is not known"]


# --- and back ---


def test_every_text_of_the_bank_survives_being_written_as_markdown() -> None:
    for entry in built_in():
        for text in markdown_of(entry):
            for source in (text.en, text.zh):
                blocks = read(source)
                assert read(md.write_blocks(blocks)) == blocks, entry.id


PIECES = st.lists(
    st.sampled_from(
        ["a", "b c", "`x`", "`` ` ``", "$y_1$", " *e* ", " **s** ", "\\*", "1\\.", "\\#", "\\-", "&amp;lt;", "<", "|",
         "\\_", "[a]", "中文", "，", "\\\n", "\n", "\n\n", "\n- ", "\n\n* ", "\n1. ", "\n\n> q", "\n\n$$z$$\n\n", " "]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(PIECES)
def test_any_text_survives_being_written_as_markdown(source: str) -> None:
    blocks = read(source)
    assert read(md.write_blocks(blocks)) == blocks


@given(st.text(alphabet="ab *_`[]<>#|$~\\&;-+=1.)!:中，", max_size=20))
def test_words_are_never_taken_for_markup(words: str) -> None:
    words = " ".join(words.split())
    if words:
        assert read(md.write_blocks((paragraph(b.Plain(words)),))) == (paragraph(b.Plain(words)),)


@given(st.text(alphabet="a` |", min_size=1, max_size=10))
def test_code_keeps_its_backticks(code: str) -> None:
    grid = b.Grid(((b.Code(code),),), (), ("left",))
    assert read(md.write_blocks((grid,))) == (grid,)
    assert read(md.write_blocks((b.CodeBlock(code, ""),))) == (b.CodeBlock(code, ""),)
