"""The four formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.plan import make_plan
from grader.question.bank import Bank, Entry
from grader.question.bank_files import read_text
from grader.sheet import blocks as b
from grader.sheet.formats import html, ipynb, md, pdf
from grader.sheet.make import Order, compose
from grader.sheet.questions import points_of
from grader.text import Language
from tests.banks import MISTAKES
from tests.sheet.samples import bank_of, built_in, question_with_prompt, sheet_and_key

MIXED = ("causal-attention", "debug-attention", "imagen-attention")


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    return bank_of(tmp_path / "bank", monkeypatch)


@pytest.fixture(scope="module")
def mixed() -> list[Entry]:
    bank = built_in()
    return [bank[name] for name in MIXED]


def text_of_pdf(content: bytes) -> str:
    """What can be selected and searched. Mathematical letters come out as plain ones."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


class Page(HTMLParser):
    """The elements of a page, and whether each is closed."""

    EMPTY = ("meta", "br", "hr", "mspace")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


# --- what a sheet and a key hold ---


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_holds_nothing_of_a_solution(mixed: list[Entry], language: Language) -> None:
    sheet, key = sheet_and_key(mixed, language)
    written, answers = md.write(sheet), md.write(key)
    for entry in mixed:
        own = set(re.findall(r"\S.*", read_text(entry.reference))) - set(re.findall(r"\S.*", read_text(entry.stub)))
        told = [line for line in own if len(line) > 25]
        assert not any(line in written for line in told)
        if entry.suffix == ".py":
            assert all(line in answers for line in told)
            assert not any(mistake.way_out.in_language(language) in written for mistake in entry.mistakes.values())
    assert "[x]" not in written and "[x]" in answers


def test_the_key_has_reference_points_mistakes_and_hints(bank: Bank) -> None:
    (root,) = bank.roots
    (root / "solutions" / "demo" / "scaled-rows" / "mistakes.yaml").write_text(MISTAKES)
    text = md.write(sheet_and_key([bank["scaled-rows"]])[1])
    assert "scaled_rows = None" in text
    assert "| Values | 4 |" in text
    assert "- **nothing is divided**: Divide." in text
    assert "1. Which axis is D?\n2. Divide." in text


def test_the_key_of_a_concept_question_has_answers_and_rubric(bank: Bank) -> None:
    path = bank["heads"].reference
    path.write_text("answers:\n  which: a\n  several: [a, b]\n  how-many: 1.5   # 3 / 2\n  why: because\n")
    text = md.write(sheet_and_key([bank["heads"]])[1])
    assert "- [x] **a** one\n- [ ] **b** two" in text
    assert "- [x] **a** one\n- [x] **b** two" in text
    assert "**Right answer**: 1.5 MB (right to within 1 %)\\\n3 / 2" in text
    assert "because\n\n**What to look for, one point each**\n\n- names the reason" in text


def test_a_concept_question_has_boxes_blanks_and_lines(bank: Bank) -> None:
    sheet, _ = sheet_and_key([bank["heads"]])
    parts = [block for block in sheet.sections[0].blocks if isinstance(block, b.Together)]
    kinds = [type(block).__name__ for part in parts for block in part.children]
    assert (
        len(parts) == 4
        and kinds.count("Choices") == 2
        and kinds.count("Blank") == 1
        and kinds.count("WritingSpace") == 1
    )
    assert sheet.sections[0].program == ()
    assert "- [ ] **a** one" in md.write(sheet)


def test_points_are_those_that_grading_gives() -> None:
    for entry in built_in():
        checks = make_plan(entry.question, 0).checks
        assert points_of(entry.question) == sum(one.points for one in (*checks, *entry.question.parts)), entry.id


def test_forbidden_names_and_common_rules_are_told(mixed: list[Entry]) -> None:
    text = md.write(sheet_and_key(mixed)[0])
    assert "Not allowed: `torch.nn.functional.scaled_dot_product_attention`, " in text
    assert "As everywhere: the inputs stay as they are; " in text


def test_the_title_page_has_totals_limit_and_seed(bank: Bank) -> None:
    entries = [bank["a"], bank["b"]]
    sheet, key = compose(entries, Order("en", "Ada", 7, 45), pytest.fail, key=False)
    assert key is None
    assert sheet.notes == (
        f"2 questions, {sheet.points} points, 30 minutes.",
        "At most 45 minutes were asked for.",
        "Drawn with seed 7 for Ada.",
    )
    chinese, _ = compose(entries, Order("zh", seed=7), pytest.fail, key=False)
    assert chinese.notes == (f"共 2 题，满分 {sheet.points} 分，建议用时 30 分钟。", "抽题种子：7。")


def test_a_formula_that_cannot_be_set_is_told_once_and_shown(tmp_path: Path) -> None:
    entry = question_with_prompt(tmp_path, "Find $\\foo{x}$.\n\n$$\\foo$$")
    told: list[str] = []
    sheet, key = compose([entry], Order("en"), told.append, key=True)
    assert len(told) == 2
    assert told[0].startswith("scaled-rows: the formula '\\foo{x}' can't be set and is shown as it was written")
    page = Page(html.write(sheet))
    assert "\\foo{x}" in page.words
    assert "foo" in text_of_pdf(pdf.write(sheet))
    assert key is not None


# --- HTML ---


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_needs_nothing_else(mixed: list[Entry], language: Language) -> None:
    for document in sheet_and_key(mixed, language):
        page = Page(html.write(document))
        assert page.count("script") == page.count("img") == page.count("link") == 0
        assert page.count("section") == 3
        assert page.count("math") > 10
        assert all(not tag.startswith("on") for _, attributes in page.elements for tag in attributes)
        assert not any("src" in attributes or "style" in attributes for _, attributes in page.elements)


def test_a_page_allows_only_its_own_style(mixed: list[Entry]) -> None:
    import base64
    import hashlib

    page = html.write(sheet_and_key(mixed[:1])[0])
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Policy" content="([^"]*)"', page)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in policy[1] and policy[1].startswith("default-src &#39;none&#39;")


HOSTILE = '<script>alert(1)</script> `<b>` **"&quot;** $\\text{<i>}$ [x](javascript:alert(1)) #panic() \\ "); panic("'


def test_nothing_of_a_question_or_a_name_is_markup(tmp_path: Path) -> None:
    entry = question_with_prompt(tmp_path, HOSTILE)
    (entry.folder / "stub.py").write_text('x = "</code><script>" # `#"\n')
    sheet, key = sheet_and_key([entry], candidate='<img src=x onerror=alert(1)> "#panic()\\')
    for document in (sheet, key):
        page = Page(html.write(document))
        assert {"script", "img", "b", "i"} & {tag for tag, _ in page.elements} <= {"b"}
        assert "<img src=x onerror=alert(1)>" in page.words
    assert "<script>alert(1)</script>" in Page(html.write(sheet)).words
    text = text_of_pdf(pdf.write(sheet))
    assert "<script>alert(1)</script>" in text and '"); panic("' in text and "</code><script>" in text
    assert "\\<script>alert(1)\\</script>" in md.write(sheet)


# --- PDF ---


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pdf_has_words_that_can_be_selected_and_fonts_within(mixed: list[Entry], language: Language) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    _skip_without_fonts(language)
    sheet, _ = sheet_and_key(mixed, language, "Ada")
    content = pdf.write(sheet)
    text = text_of_pdf(content)
    assert "Ada" in text and "def causal_attention(" in text
    for section in sheet.sections:
        assert section.title in text
    fonts = _fonts(pypdf.PdfReader(BytesIO(content)))
    assert len(fonts) >= 3 and all(fonts.values())


def _skip_without_fonts(language: Language) -> None:
    typst = pytest.importorskip("typst", reason="Typst is not installed")
    if language == "zh" and not set(pdf.CHINESE_FONTS) & set(typst.Fonts().families()):
        pytest.skip("no font with Chinese letters is installed")


def _fonts(reader: object) -> dict[str, bool]:
    """Each font of a PDF, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in reader.pages:  # type: ignore[attr-defined]
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()
            inner = inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner
            keys = inner["/FontDescriptor"].get_object().keys()
            found[inner["/BaseFont"]] = any(key.startswith("/FontFile") for key in keys)
    return found


def test_each_question_of_a_pdf_begins_a_page(mixed: list[Entry]) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.write(sheet_and_key(mixed)[0]))).pages]
    for number, entry in enumerate(mixed, 1):
        begun = [text for text in pages if text.startswith(f"{number} {entry.question.title.en}")]
        assert len(begun) == 1


def test_a_part_and_the_room_for_its_answer_are_on_one_page(bank: Bank) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    sheet, _ = sheet_and_key([bank["heads"]])
    parts = [block for block in sheet.sections[0].blocks if isinstance(block, b.Together)]
    section = replace(sheet.sections[0], blocks=tuple(parts * 20))
    reader = pypdf.PdfReader(BytesIO(pdf.write(replace(sheet, sections=(section,)))))
    pages = [page.extract_text() for page in reader.pages[1:]]  # the title page is the first
    asked = [len(re.findall(r"^\d\. ", page, re.MULTILINE)) for page in pages]
    answers = [len(re.findall("^(Your answer|Tick)", page, re.MULTILINE)) for page in pages]
    assert asked == answers and sum(asked) == 80 and len(pages) > 5


def test_a_part_that_is_longer_than_a_page_goes_on_on_the_next(bank: Bank) -> None:
    sheet, _ = sheet_and_key([bank["heads"]])
    lines = tuple(b.Paragraph((b.Plain(f"line {index}"),)) for index in range(120))
    section = replace(sheet.sections[0], blocks=(b.Together(lines),))
    text = text_of_pdf(pdf.write(replace(sheet, sections=(section,))))
    assert "line 119" in text and "4 / 4" in text


def test_the_same_sheet_is_the_same_file(mixed: list[Entry]) -> None:
    sheet, _ = sheet_and_key(mixed[:1])
    assert pdf.write(sheet) == pdf.write(sheet)


def test_without_typst_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, bank: Bank) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(UsageError, match=re.escape("pip install 'torch-interview-grader[pdf]'")):
        pdf.write(sheet_and_key([bank["a"]])[0])


def test_without_a_chinese_font_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, bank: Bank) -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    monkeypatch.setattr(pdf, "CHINESE_FONTS", ("No Such Font",))
    sheet, _ = sheet_and_key([bank["a"]], "zh")
    with pytest.raises(UsageError, match="needs a font for it, and none is installed; install Noto Serif CJK SC"):
        pdf.write(sheet)
    assert pdf.write(sheet_and_key([bank["a"]])[0]).startswith(b"%PDF")  # English needs none
    with pytest.raises(UsageError, match="needs a font"):  # but a Chinese name does
        pdf.write(sheet_and_key([bank["a"]], candidate="李")[0])


# --- Markdown ---


def test_markdown_keeps_formulas_between_dollars(mixed: list[Entry]) -> None:
    text = md.write(sheet_and_key(mixed)[0])
    assert "$(B, T, D)$" in text and "$$\no_t = " in text
    assert "```python\n" in text


def test_two_lists_in_a_row_stay_two() -> None:
    item = ((b.Paragraph((b.Plain("x"),)),),)
    assert md.write_blocks((b.Items(item), b.Items(item), b.Items(item))) == "- x\n\n* x\n\n- x"


# --- notebooks ---


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_notebook_has_a_cell_for_each_answer(mixed: list[Entry], language: Language) -> None:
    sheet, key = sheet_and_key(mixed, language)
    cells = json.loads(ipynb.write(sheet))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    option = " --lang zh" if language == "zh" else ""
    assert code[0] == "%load_ext grader"
    assert [cell.split("\n")[0] for cell in code[1:]] == [f"%%grade {name}{option}" for name in MIXED]
    assert code[1].partition("\n")[2] == read_text(mixed[0].stub).rstrip("\n")
    assert len({cell["id"] for cell in cells}) == len(cells)
    assert all(cell["cell_type"] == "markdown" for cell in json.loads(ipynb.write(key))["cells"])


def test_the_cells_of_a_notebook_name_a_bank_of_ones_own(bank: Bank) -> None:
    sheet, _ = compose([bank["a"]], Order("zh", banks=(Path("my bank"),)), pytest.fail, key=False)
    last = json.loads(ipynb.write(sheet))["cells"][-1]["source"]
    assert last[0] == f"%%grade a --lang zh --bank '{Path('my bank').absolute()}'\n"


def test_a_notebook_is_one_for_jupyter(mixed: list[Entry]) -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed")
    for document in sheet_and_key(mixed):
        nbformat.validate(nbformat.reads(ipynb.write(document).decode(), as_version=4))


def test_a_notebook_has_no_room_for_a_pen(mixed: list[Entry]) -> None:
    cells = json.loads(ipynb.write(sheet_and_key(mixed)[0]))["cells"]
    questions = ["".join(cell["source"]) for cell in cells if cell["id"].startswith("question-")]
    assert not any("Your answer" in text or "[ ]" in text or "\\_\\_" in text for text in questions)
    assert "- **a** $N \\times L$" in questions[2]
