"""What the pages say. `RENEW_GOLDEN=1 pytest tests/report` renews the golden texts."""

from __future__ import annotations

import os
import string
from pathlib import Path

import msgspec
import pytest

from grader.pages.page_words import LAYERS, LEVELS, VERDICTS, WORDS, PageWords
from grader.report import write_report
from grader.report.candidate_page import candidate_path, write_candidate_page
from grader.report.index_page import summarise, write_index
from grader.result import Result
from grader.sandbox import policy
from grader.text import Language, Text, untranslated
from grader.verdict import Verdict

from . import samples
from .pages import Page

LANGUAGES: tuple[Language, ...] = ("en", "zh")
GOLDEN = Path(__file__).with_name("golden")


def page_of(out: Path, results: list[Result], language: Language = "en", candidate: str = "Ada") -> Page:
    return Page.read(write_candidate_page(out, samples.RUN, candidate, results, language))


def compare_with_golden(name: str, text: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("RENEW_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_candidates_page_says_what_the_golden_text_says(tmp_path: Path, language: Language) -> None:
    page = page_of(tmp_path, samples.everything("李明"), language, "李明")
    compare_with_golden(f"candidate.{language}.txt", page.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_says_what_the_golden_text_says(tmp_path: Path, language: Language) -> None:
    whole = samples.batch()
    rows = [summarise(candidate, results) for candidate, results in samples.by_candidate(whole)]
    path = write_index(tmp_path, samples.RUN, rows, language, whole.missing, samples.IGNORED)
    compare_with_golden(f"index.{language}.txt", Page.read(path).text)


def test_every_word_is_there_in_both_languages() -> None:
    texts = [*WORDS.values(), *VERDICTS.values(), *LAYERS.values(), *LEVELS.values()]
    assert all(text.en.strip() and text.zh.strip() for text in texts)


def test_both_languages_have_the_same_blanks() -> None:
    def blanks(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    singular = {key for key in WORDS if key.endswith(".one")}
    assert {key for key in WORDS if blanks(WORDS[key].en) != blanks(WORDS[key].zh)} <= singular


def test_every_verdict_and_every_layer_has_a_name() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(policy.LAYERS) <= set(LAYERS)
    assert {level.value for level in policy.Level} == set(LEVELS)


def test_the_chinese_verdicts_are_those_of_the_design() -> None:
    names = "通过 跳过 答案错误 违反规则 运行错误 超时 超内存 输出超限 评测机错误"
    assert [PageWords("zh").verdict(verdict) for verdict in Verdict] == names.split()


def test_every_verdict_has_a_symbol_of_its_own(tmp_path: Path) -> None:
    page = page_of(tmp_path, samples.everything("Ada"))
    drawn = {value.removeprefix("i-") for value in page.values("id") if value.startswith("i-")}
    assert {verdict.value for verdict in Verdict} <= drawn
    shown = {value.removeprefix("#i-") for value in page.values("href") if value.startswith("#i-")}
    assert shown <= drawn


def test_every_inner_link_has_a_target(tmp_path: Path) -> None:
    page = page_of(tmp_path, samples.everything("Ada"))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(ids)


def test_links_of_the_index_lead_to_pages_and_questions(tmp_path: Path) -> None:
    whole = samples.batch()
    path = write_report(tmp_path, samples.RUN, samples.by_candidate(whole), "en", whole.missing)
    links = [value for value in Page.read(path).values("href") if not value.startswith("#")]
    assert links
    for link in links:
        file, _, anchor = link.partition("#")
        target = tmp_path / file
        assert target.exists()
        assert not anchor or anchor in Page.read(target).values("id")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_their_language(tmp_path: Path, language: Language) -> None:
    tag, attributes = page_of(tmp_path, [], language).elements[0]
    assert (tag, attributes["lang"]) == ("html", {"en": "en", "zh": "zh-Hans"}[language])


def test_the_mistake_leads_the_question_and_shows_once(tmp_path: Path) -> None:
    text = page_of(tmp_path, [samples.wrong("Ada")]).text
    sentence = "Your result is what comes out when the scores are not divided by the square root of D."
    assert text.count(sentence) == 1
    assert text.index(sentence) < text.index("Automatic checks")


def test_manual_parts_are_apart_and_have_an_empty_field(tmp_path: Path) -> None:
    page = page_of(tmp_path, [samples.concept("Ada")])
    automatic, manual = page.text.split("For the interviewer")
    assert "Why not attend to pixels?" not in automatic
    assert "Why not attend to pixels?" in manual
    fields = [attributes for tag, attributes in page.elements if tag == "input"]
    assert [(field["max"], field.get("value")) for field in fields] == [("2", None)]


def test_nothing_proposes_to_hire(tmp_path: Path) -> None:
    assert "hire" not in page_of(tmp_path, samples.everything("Ada")).text.lower()


def test_failed_checks_are_open_and_passed_ones_closed(tmp_path: Path) -> None:
    page = page_of(tmp_path, [samples.wrong("Ada")])
    checks = [attributes for tag, attributes in page.elements if attributes.get("class") == "check"]
    assert ["open" in attributes for attributes in checks] == [False, True, False, True, False]


def test_the_line_that_raised_and_the_suspicious_line_are_marked(tmp_path: Path) -> None:
    results = [samples.runtime_error("Ada"), samples.wrong("Ada")]
    marked = {
        attributes["id"]: attributes["class"]
        for _, attributes in page_of(tmp_path, results).elements
        if attributes.get("class", "").startswith("line ")
    }
    assert marked == {"q1-13": "line failed", "q2-3": "line looked"}


def test_a_forbidden_line_is_not_called_an_exception(tmp_path: Path) -> None:
    made = samples.only(Verdict.RULE_VIOLATION, Text("Line 9 is forbidden.", "第 9 行违规。"))
    text = page_of(tmp_path, [made("Ada")]).text
    assert "forbidden here: Values" in text
    assert "aised" not in text


def test_a_missing_layer_says_what_that_means(tmp_path: Path) -> None:
    text = page_of(tmp_path, []).text
    assert "Submissions ran under the grader's own user" in text
    assert "no other uid can read the interpreter" in text


def test_a_run_without_isolation_is_announced_on_both_pages(tmp_path: Path) -> None:
    run = msgspec.structs.replace(samples.RUN, isolation="none", layers=[])
    index = write_report(tmp_path, run, [("Ada", [samples.accepted("Ada")])], "en")
    for path in (index, tmp_path / candidate_path("Ada")):
        assert "ran without isolation" in Page.read(path).text


def test_our_own_failure_is_not_the_candidates(tmp_path: Path) -> None:
    made = samples.only(Verdict.GRADER_ERROR, Text("no worker", "没有工作进程"))
    assert "This says nothing about the candidate." in page_of(tmp_path, [made("Ada")]).text


def test_the_index_counts_verdicts_and_ranks_mistakes(tmp_path: Path) -> None:
    rows = [summarise(name, [samples.wrong(name)]) for name in ("Ada", "Bo")]
    rows.append(summarise("Cy", [samples.accepted("Cy")]))
    text = Page.read(write_index(tmp_path, samples.RUN, rows, "en")).text
    assert "[accepted]" in text
    assert "accepted 1\n" in text
    assert "wrong answer 2\n" in text
    ranked = text[text.index("Most common mistakes") :]
    assert "2 the scores are not divided by the square root of D Causal attention" in ranked


def test_a_candidate_without_anything_has_a_page(tmp_path: Path) -> None:
    assert "Nothing was handed in." in page_of(tmp_path, []).text


def test_an_empty_batch_has_an_index(tmp_path: Path) -> None:
    assert "There are no submissions." in Page.read(write_report(tmp_path, samples.RUN, [], "en")).text


def test_our_own_failure_changes_no_mean_and_no_title(tmp_path: Path) -> None:
    failed = samples.result(
        "Ada", "causal-attention", untranslated("causal-attention"), [], verdict=Verdict.GRADER_ERROR, kind=""
    )
    rows = [summarise("Ada", [failed]), summarise("Bo", [samples.accepted("Bo")])]
    text = Page.read(write_index(tmp_path, samples.RUN, rows, "en")).text
    assert "Causal attention" in text
    assert "accepted 1 /1\n" in text
    assert "mean points 8.0" in text
