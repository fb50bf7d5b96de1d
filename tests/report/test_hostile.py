"""Whatever a submission says, it is text: never markup, never hidden, never endless."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grader.report
from grader.intake.finding import Ignored
from grader.pages.clean import page_name, visible, visible_line
from grader.pages.highlight import MAX_LINE, MAX_LINES, listing
from grader.report import write_report
from grader.report.candidate_page import MAX_TEXT, candidate_path, write_candidate_page
from grader.report.index_page import summarise, write_index
from grader.result import Result, Suspicion
from grader.text import Language, Text

from . import samples
from .pages import Page

PACKAGE = Path(grader.report.__file__).parent
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def poisoned(text: str) -> list[Result]:
    return [samples.poison(found, text) for found in samples.everything("Ada")]


def page_with(out: Path, text: str, language: Language = "en") -> Page:
    run = samples.poison(samples.RUN, text)
    return Page.read(write_candidate_page(out, run, text, poisoned(text), language))


def index_with(out: Path, text: str) -> Page:
    row = summarise(text, poisoned(text))
    ignored = [Ignored(text, text, Text(text, text))]
    return Page.read(write_index(out, samples.poison(samples.RUN, text), [row], "en", {text: [text]}, ignored))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_in_every_field_adds_no_element_and_no_attribute(tmp_path: Path, language: Language) -> None:
    harmless, hostile = (page_with(tmp_path, text, language) for text in ("harmless", samples.NASTY))
    assert hostile.vocabulary() == harmless.vocabulary()
    assert hostile.raw == harmless.raw
    assert not hostile.comments


def test_hostile_text_in_the_index_adds_no_element_and_no_attribute(tmp_path: Path) -> None:
    harmless, hostile = (index_with(tmp_path, text) for text in ("harmless", samples.NASTY))
    assert hostile.vocabulary() == harmless.vocabulary()
    assert hostile.raw == harmless.raw
    assert not hostile.comments


def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    for page in (page_with(tmp_path, samples.HOSTILE), index_with(tmp_path, samples.HOSTILE)):
        assert samples.HOSTILE in "".join(page.texts)


@pytest.mark.parametrize("make", [page_with, index_with])
def test_what_can_not_be_seen_is_shown_by_its_code(tmp_path: Path, make: type) -> None:
    page = make(tmp_path, samples.NASTY)
    assert not set(samples.UNSEEN).difference("[31mevil") & set(page.html)
    assert "⟨U+202E⟩" in page.html
    assert "⟨U+D800⟩" in page.html


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_keeps_the_vocabulary(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    out = tmp_path_factory.mktemp("any")
    made = samples.wrong(text)
    page = Page.read(write_candidate_page(out, samples.RUN, text, [samples.poison(made, text or "x")], "en"))
    plain = Page.read(write_candidate_page(out, samples.RUN, "x", [samples.poison(made, "x")], "en"))
    assert {tag for tag, _ in page.elements} - {"span"} <= {tag for tag, _ in plain.elements}
    names = {name for _, attributes in plain.elements for name in attributes}
    assert {name for _, attributes in page.elements for name in attributes} <= names


def test_no_module_and_no_template_trusts_a_text() -> None:
    # html.py names Markup once, to recognise what a macro returned.
    files = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".j2")]
    assert len(files) > 10
    for path in files:
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source.replace(" ", ""), path
        assert "Markup(" not in source, path
        assert "autoescape false" not in source, path


@pytest.mark.parametrize("which", ["candidate", "index"])
def test_the_policy_allows_exactly_the_inlined_style_and_script(tmp_path: Path, which: str) -> None:
    index = write_report(tmp_path, samples.RUN, [("Ada", samples.everything("Ada"))], "zh")
    page = Page.read(index if which == "index" else tmp_path / candidate_path("Ada"))
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not page.values("style")
    assert "unsafe" not in policy


def test_pages_load_nothing(tmp_path: Path) -> None:
    page = page_with(tmp_path, "harmless")
    assert all(value.startswith("data:image/png;base64,") for value in page.values("src"))
    assert not re.search(r"@import|url\(|https?://", page.html)
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_page_names_are_safe_unique_and_short() -> None:
    near = ("Ada", "ada", "ADA", "Ada ", "A\u200bda", "li/ming", "li.ming", "\ud800", "\ud801", "王", "李")
    names = [*samples.NAMES, *near]
    pages = [page_name(name) for name in names]
    assert len({page.casefold() for page in pages}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}\.html", page) for page in pages)


def test_a_page_name_is_the_same_in_every_run() -> None:
    assert page_name("Ana María") == "ana-maria-8358ed271ba38466.html"


@pytest.mark.parametrize("name", samples.NAMES)
def test_any_candidates_name_gets_a_page_inside_the_folder(tmp_path: Path, name: str) -> None:
    path = write_candidate_page(tmp_path / "out", samples.RUN, name, [samples.accepted(name)], "en")
    assert path.resolve().parent == (tmp_path / "out" / "candidates").resolve()
    assert [found.name for found in tmp_path.iterdir()] == ["out"]


def test_visible_text_keeps_what_people_write() -> None:
    for text in ("plain", "tab\tand\nnewline", "李明 Nguyễn Thị Hoa Ōé", "√D ≤ 3 ½", "اسم"):
        assert visible(text) == text


def test_line_ends_in_a_name_are_shown() -> None:
    assert visible_line("a\nb\tc") == "a⟨U+000A⟩b⟨U+0009⟩c"


def test_a_pile_of_combining_marks_is_cut_down() -> None:
    assert visible("a" + "\u0301" * 200) == "a\u0301\u0301\u0301\u0301⟨+196 U+0301⟩"


# --- nothing explodes ---

LONG = "x" * 10_000_000


def test_ten_megabytes_everywhere_make_a_small_page_that_says_so(tmp_path: Path) -> None:
    made = msgspec.structs.replace(
        samples.wrong("Ada"),
        source=LONG,
        output=LONG,
        message=Text(LONG, LONG),
        file=LONG,
        suspicions=[Suspicion(1, LONG)] * 5000,
        checks=[
            samples.poison(found, LONG[:1_000_000])
            for found in (*samples.wrong("A").checks, *samples.concept("A").checks)
        ],
    )
    path = write_candidate_page(tmp_path, samples.RUN, LONG, [made], "en")
    assert path.stat().st_size < 1_000_000
    text = Page.read(path).text
    assert f"{10_000_000 - MAX_TEXT:,} earlier characters are not shown." in text
    assert f"{10_000_000 - MAX_LINE:,} more characters are not shown." in text
    assert "4,940 more are not shown." in text


def test_a_source_of_many_lines_is_cut_and_says_so() -> None:
    shown = listing("x = 1\n" * 100_000)
    assert (len(shown.lines), shown.more) == (MAX_LINES, 100_000 - MAX_LINES)


def test_lines_that_are_left_out_are_counted_on_the_page(tmp_path: Path) -> None:
    made = msgspec.structs.replace(samples.wrong("Ada"), source="x = 1\n" * 5000)
    text = Page.read(write_candidate_page(tmp_path, samples.RUN, "Ada", [made], "en")).text
    assert f"{5000 - MAX_LINES:,} more lines are not shown." in text
    assert "Submission 5,000 lines" in text


@pytest.mark.parametrize(
    "source",
    [
        "f'{" * 30_000,
        '"' * 99_999,
        "(" * 99_999,
        "\\" * 99_999,
        "'''" * 30_000 + "\n",
        "0x" * 49_000,
        "@a" * 49_000,
    ],
)
def test_no_source_makes_the_colouring_slow(source: str) -> None:
    lines = "\n".join(source[i : i + 900] for i in range(0, len(source), 900))
    assert listing(lines)  # by a rule that backtracks it would take hours


@pytest.mark.parametrize("language", ["python", "yaml"])
@settings(max_examples=60, deadline=None)
@given(source=st.text(st.sampled_from("a '\"\\\n\r\t:#{}[]()-|>&*!%@`\x0c\x00\u2028é"), max_size=60))
def test_a_listing_has_every_line_and_every_character(language: str, source: str) -> None:
    shown = listing(source, language)
    rows = source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if source else []
    assert ["".join(token.text for token in line.tokens) for line in shown.lines] == [visible(r) for r in rows]
