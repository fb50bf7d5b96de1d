"""The page for the interviewer."""

from __future__ import annotations

import base64
import difflib
import hashlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.interview import log
from grader.interview.course_page import MAX_DRAWN, write_report
from grader.interview.diff import MAX_COMPARED, difference
from grader.interview.interview_words import WORDS
from grader.interview.workspace import FILE
from grader.question.bank import Bank
from grader.text import Language
from grader.verdict import Verdict
from tests.interview.building import MISTAKE, Interview
from tests.report.pages import Page
from tests.report.samples import NASTY, poison

LANGUAGES: tuple[Language, ...] = ("en", "zh")
WRONG = "def scaled_rows(x, high):\n    return x\n"
RIGHT = "def scaled_rows(x, high):\n    return x / x.shape[-1] ** 0.5\n"


def page_of(interview: Interview, language: Language = "en") -> Page:
    return Page.read(write_report(interview.workspace, interview.workspace.root.parent / "page.html", language))


def flat(page: Page) -> str:
    return " ".join(page.text.split())


def a_whole_interview(interview: Interview) -> Interview:
    interview.check(5, "scaled-rows", WRONG, mistake=MISTAKE)
    interview.hint(8, "scaled-rows", 1)
    interview.check(12, "scaled-rows", RIGHT, Verdict.ACCEPTED, 6)
    interview.check(20, "heads", "answers: {which: a}\n", Verdict.WRONG_ANSWER, 2)
    interview.solution(31, "heads")
    interview.check(32, "heads", "answers: {which: b}\n", Verdict.ACCEPTED, 6)
    interview.end(33)
    return interview


def test_the_page_shows_the_course(interview: Interview) -> None:
    text = flat(page_of(a_whole_interview(interview)))
    for line in (
        "5:00Attempt 1",
        "wrong answer 1 / 6",
        "Your result is what comes out when nothing is scaled.",
        "8:00Hint 1 was shown",
        "12:00Attempt 2",
        "31:00The solution was shown late",
        "32:00Attempt 2 late",
        "Scaled rows accepted 6 / 6 – 2 1 12:00 12:00",
        "Heads wrong answer 2 / 6 accepted 6 / 6 2 0 solution seen 20:00 32:00",
    ):
        assert line in text, line


def test_what_changed_between_attempts_is_marked_and_has_line_numbers(interview: Interview) -> None:
    text = page_of(a_whole_interview(interview)).text
    assert "Changes since the stub 1 added, 1 removed" in text
    assert "Changes since the attempt before 1 added, 1 removed" in text
    assert "- return x\n" in text
    assert "+ return x / x.shape[-1] ** 0.5\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_file_that_asks_the_network_for_nothing(interview: Interview, language: Language) -> None:
    page = page_of(a_whole_interview(interview), language)
    policy = page.values("content")[0]
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert all(link.startswith("#") for link in page.values("href"))
    assert not page.values("src")
    assert page.html.startswith("<!-- grader session report -->\n<!doctype html>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interviewer_finds_empty_boxes_and_no_conclusion(interview: Interview, language: Language) -> None:
    page = page_of(a_whole_interview(interview), language)
    assert sum(tag == "textarea" for tag, _ in page.elements) == 3
    assert "></textarea>" in page.html
    assert not any(word in page.text.lower() for word in ("hire", "reject", "推荐录用", "不录用"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_in_every_field_adds_no_element_and_no_attribute(
    tmp_path: Path, bank: Bank, language: Language
) -> None:
    harmless, hostile = (poisoned(tmp_path / str(i), bank, text, language) for i, text in enumerate(("x", NASTY)))
    assert hostile.vocabulary() == harmless.vocabulary()
    assert hostile.raw == harmless.raw
    assert [text.strip() for text in hostile.comments] == ["grader session report"]


def poisoned(root: Path, bank: Bank, text: str, language: Language) -> Page:
    """Every text of every event and of the session, and the sources, are this one."""
    interview = a_whole_interview(Interview(root / "ada", bank, "scaled-rows", "heads"))
    text = text.encode("utf-8", "replace").decode()
    workspace = interview.workspace
    events = log.read(workspace).events
    (workspace.folder / log.FILE).write_bytes(b"")
    stub = workspace.copies.keep(text)
    for number, event in enumerate(events):
        if isinstance(event, log.Checked):
            copy = workspace.copies.keep(f"{text}\n{number}")
            spoiled = poison(msgspec.structs.replace(event, copy=""), text)
            event = msgspec.structs.replace(spoiled, copy=copy, question=event.question)
        log.append(workspace, event)
    session = workspace.session
    asked = [
        msgspec.structs.replace(poison(one, text), id=one.id, suffix=one.suffix, stub=stub) for one in session.questions
    ]
    spoiled_session = msgspec.structs.replace(session, candidate=text, id=text, grader=text, questions=asked)
    (workspace.folder / FILE).write_bytes(msgspec.json.encode(spoiled_session))
    from grader.interview.workspace import open_workspace

    return Page.read(write_report(open_workspace(workspace.root), root / "page.html", language))


def test_damage_and_a_moved_clock_are_said(interview: Interview) -> None:
    interview.check(5, "scaled-rows", WRONG)
    interview.raw(b"{broken\n")
    interview.check(1, "scaled-rows", WRONG)
    text = page_of(interview).text
    assert "1 line of the journal is damaged and was passed over." in text
    assert "The machine's clock was set back once." in text
    assert "The file was not changed since the attempt before." in text


def test_a_missing_copy_is_said_on_both_sides_of_it(interview: Interview) -> None:
    interview.check(5, "scaled-rows", WRONG)
    interview.check(6, "scaled-rows", RIGHT)
    (interview.workspace.folder / "copies" / hashlib.sha256(WRONG.encode()).hexdigest()).unlink()
    text = page_of(interview).text
    assert "The copy of this file is missing or was changed" in text
    assert "The copy of the file before is missing or was changed" in text


def test_an_edited_question_and_one_that_was_not_asked_are_said(interview: Interview) -> None:
    interview.check(1, "scaled-rows", WRONG)
    event = log.read(interview.workspace).events[0]
    assert isinstance(event, log.Checked)
    interview.add(msgspec.structs.replace(event, question_hash="another"))
    interview.check(2, "other", "x = 1\n")
    text = page_of(interview).text
    assert "This question was changed after the interview began" in text
    assert "other not part of the interview" in text


def test_an_interview_in_which_nothing_happened(interview: Interview) -> None:
    text = flat(page_of(interview))
    assert "Nothing was checked, and no hint was asked for." in text
    assert "Scaled rows not tried 0 0 0:00 –" in text


def test_of_very_many_attempts_the_last_are_drawn_and_the_rest_counted(interview: Interview) -> None:
    for number in range(MAX_DRAWN + 5):
        interview.check(number / 10, "scaled-rows", f"x = {number}\n")
    page = page_of(interview)
    assert "The differences of 5 earlier attempts are not drawn" in page.text
    assert page.html.count('<details class="material" open>') == MAX_DRAWN


def test_an_earlier_page_is_written_again_and_no_other_file(interview: Interview, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_report(interview.workspace, path, "en")
    write_report(interview.workspace, path, "zh")
    assert "面试记录" in path.read_text(encoding="utf-8")
    path.write_text("mine")
    with pytest.raises(UsageError, match="is there already and is no report of an interview; choose another --out"):
        write_report(interview.workspace, path, "en")
    assert path.read_text() == "mine"
    with pytest.raises(UsageError, match="choose another"):
        write_report(interview.workspace, tmp_path, "en")


def test_every_word_is_used() -> None:
    package = Path(log.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*") if path.suffix in (".py", ".j2"))
    unused = [key for key in WORDS if sources.count(f'"{key}"') < 2 and not key.endswith(".one")]
    assert not unused


# --- differences ---

LINES = st.lists(st.sampled_from(["a = 1", "b = 2", "", "    c", "# d"]), max_size=30)


@given(LINES, LINES)
def test_a_difference_is_the_one_that_difflib_writes(before: list[str], after: list[str]) -> None:
    old, new = ("".join(f"{line}\n" for line in lines) for lines in (before, after))
    found = difference(old, new)
    expected = list(difflib.unified_diff(before or [], after or [], lineterm=""))[2:]
    written = [
        line
        for hunk in found.hunks
        for line in (hunk.head, *(row.sign + "".join(token.text for token in row.tokens) for row in hunk.rows))
    ]
    assert [line for line in written if not line.startswith("@@")] == [
        line for line in expected if not line.startswith("@@")
    ]
    assert found.added == sum(line.startswith("+") for line in expected)
    assert found.removed == sum(line.startswith("-") for line in expected)


def test_two_long_files_are_not_compared() -> None:
    long = "x = 1\n" * (MAX_COMPARED + 1)
    assert difference(long, "x = 1\n").too_large
    assert not difference("x = 1\n" * MAX_COMPARED, "x = 1\n").too_large
