"""Finding questions, and opening them one by one."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import SpecError, UnknownName, UsageError
from grader.question import bank as bank_module
from grader.question.bank import Bank
from grader.question.summary import read_summary
from tests.banks import (
    ANSWERS,
    CONCEPT,
    MISTAKES,
    QUESTION,
    renamed,
    write_concept,
    write_question,
    write_whole_question,
)


@pytest.fixture(autouse=True)
def no_built_in_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_module, "built_in_root", lambda: None)


def test_entries_are_sorted_by_topic_and_id(tmp_path: Path) -> None:
    for topic, name in [("text", "b"), ("text", "a"), ("audio", "z")]:
        write_question(tmp_path, renamed(name), topic, name)
    bank = Bank.open([tmp_path])
    assert [(entry.topic, entry.id) for entry in bank] == [("audio", "z"), ("text", "a"), ("text", "b")]
    assert len(bank) == 3
    assert "a" in bank


def test_an_entry_knows_its_files(tmp_path: Path) -> None:
    folder = write_whole_question(tmp_path)
    entry = Bank.open([tmp_path])["scaled-rows"]
    solutions = tmp_path / "solutions" / "demo" / "scaled-rows"
    assert entry.question.id == "scaled-rows"
    assert entry.stub == folder / "stub.py"
    assert entry.reference == solutions / "reference.py"
    assert [path.name for path in entry.solutions_in("accepted")] == ["einsum.py", "loop.py"]
    assert entry.solutions_in("time_limit_exceeded") == []
    assert entry.probes == ""
    (folder / "probes.py").write_text("def train(solution): ...")
    assert entry.probes == "def train(solution): ..."
    assert entry.mistakes["not_scaled"].name.zh == "没有相除"


def test_a_concept_question_has_yaml_files(tmp_path: Path) -> None:
    folder = write_concept(tmp_path)
    entry = Bank.open([tmp_path])["heads"]
    assert entry.question.kind == "concept"
    assert entry.stub == folder / "stub.yaml"
    assert entry.reference.name == "reference.yaml"
    assert entry.mistakes == {}


def test_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    write_question(tmp_path)
    bank = Bank.open([tmp_path])
    assert bank["demo/scaled-rows"].id == "scaled-rows"
    with pytest.raises(UnknownName) as caught:
        bank["scaled-row"]
    assert str(caught.value) == "there is no question 'scaled-row'; did you mean 'scaled-rows'?"
    with pytest.raises(UnknownName):
        bank["text/scaled-rows"]
    with pytest.raises(UnknownName, match="no question '/'"):
        bank["/"]


def test_an_empty_bank_says_so(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    with pytest.raises(UnknownName, match="there is no question 'x'; the bank is empty"):
        Bank.open([tmp_path])["x"]


def test_a_damaged_question_harms_no_other(tmp_path: Path) -> None:
    write_question(tmp_path)
    write_question(tmp_path, "][", name="damaged")
    bank = Bank.open([tmp_path])
    assert [entry.id for entry in bank] == ["damaged", "scaled-rows"]
    assert bank["scaled-rows"].question.minutes == 5
    with pytest.raises(SpecError, match=r"question\.yaml:1:1: not YAML"):
        _ = bank["damaged"].question


def test_what_is_no_bank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such folder, so it is no bank"):
        Bank.open([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="no bank, because it has no folder questions/"):
        Bank.open([tmp_path])
    (tmp_path / "questions").write_text("")
    with pytest.raises(UsageError, match="no bank, because it has no folder questions/"):
        Bank.open([tmp_path])
    with pytest.raises(UsageError, match="there is no built-in bank here; name one with --bank DIR"):
        Bank.open()


def test_a_folder_that_can_not_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    write_question(tmp_path)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match=r"questions: can't be read: Permission denied$"):
        Bank.open([tmp_path])


def test_two_questions_with_one_id_are_both_named(tmp_path: Path) -> None:
    first = write_question(tmp_path / "one").parent
    second = write_question(tmp_path / "two", topic="text").parent
    with pytest.raises(SpecError) as caught:
        Bank.open([tmp_path / "one", tmp_path / "two"])
    assert str(caught.value) == f"two questions have the id 'scaled-rows': {first} and {second}"


def test_a_bank_that_is_named_twice_is_opened_once(tmp_path: Path) -> None:
    write_question(tmp_path)
    bank = Bank.open([tmp_path, tmp_path / "questions" / ".."])
    assert len(bank) == 1
    assert bank.roots == (tmp_path,)


def test_the_built_in_bank_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_question(tmp_path / "built-in")
    write_question(tmp_path / "extra", renamed("other"), name="other")
    monkeypatch.setattr(bank_module, "built_in_root", lambda: tmp_path / "built-in")
    bank = Bank.open([tmp_path / "extra"])
    assert bank.roots == (tmp_path / "built-in", tmp_path / "extra")
    assert len(bank) == 2


def test_what_is_no_question_is_ignored_with_a_reason(tmp_path: Path) -> None:
    path = write_question(tmp_path / "bank")
    outside = write_question(tmp_path / "elsewhere", renamed("outside"), name="outside").parent
    topic = path.parent.parent
    (topic / "outside").symlink_to(outside)
    (topic.parent / "topics").symlink_to(outside.parent)
    (topic / "loop").symlink_to("loop")
    (topic / "empty").mkdir()
    (topic / "Not A Slug").mkdir()
    (topic / ".hidden").mkdir()
    (topic / "README.md").write_text("")
    bank = Bank.open([tmp_path / "bank"])
    assert [entry.id for entry in bank] == ["scaled-rows"]
    assert {ignored.path.name: ignored.reason for ignored in bank.ignored} == {
        "outside": "this link leaves the bank",
        "topics": "this link leaves the bank",
        "loop": "this link leaves the bank",
        "empty": "it has no question.yaml",
        "Not A Slug": "its name is not lower-case words joined by hyphens",
    }


def test_a_link_inside_the_bank_is_followed(tmp_path: Path) -> None:
    kept = write_question(tmp_path, renamed("kept"), name="kept").parent
    moved = kept.rename(tmp_path / "moved")
    kept.symlink_to(moved)
    assert [entry.id for entry in Bank.open([tmp_path])] == ["kept"]


def test_a_file_that_is_a_link_out_of_the_bank_is_refused(tmp_path: Path) -> None:
    folder = write_whole_question(tmp_path / "bank")
    secret = tmp_path / "secret"
    secret.write_text("secret")
    entry = Bank.open([tmp_path / "bank"])["scaled-rows"]
    for path in (entry.stub, folder / "probes.py", entry.reference):
        path.unlink(missing_ok=True)
        path.symlink_to(secret)
    for read in (
        lambda: entry.stub,
        lambda: entry.probes,
        lambda: entry.reference,
        lambda: entry.content_hash,
    ):
        with pytest.raises(SpecError, match="this link leaves the bank"):
            read()


def test_a_question_that_is_a_link_out_of_the_bank_is_refused(tmp_path: Path) -> None:
    path = write_question(tmp_path / "bank")
    path.unlink()
    path.symlink_to("/etc/passwd")
    with pytest.raises(SpecError, match=r"question\.yaml: this link leaves the bank"):
        _ = Bank.open([tmp_path / "bank"])["scaled-rows"].question


def test_the_stub_fits_the_kind(tmp_path: Path) -> None:
    folder = write_concept(tmp_path)
    (folder / "stub.yaml").unlink()
    with pytest.raises(SpecError, match=r"heads: a concept question has a stub\.yaml"):
        _ = Bank.open([tmp_path])["heads"].question


# --- the hash ---


def test_the_hash_changes_with_every_file_and_with_nothing_else(tmp_path: Path) -> None:
    folder = write_whole_question(tmp_path / "one")
    write_whole_question(tmp_path / "two")

    def content_hash(bank: str) -> str:
        return Bank.open([tmp_path / bank])["scaled-rows"].content_hash

    first = content_hash("one")
    assert first == content_hash("two")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "stub.pyc").write_bytes(b"x")
    (folder / ".stub.py.swp").write_bytes(b"x")
    assert first == content_hash("one")
    seen = {first}
    solutions = tmp_path / "one" / "solutions" / "demo" / "scaled-rows"
    for path in (folder / "stub.py", solutions / "reference.py", solutions / "accepted" / "loop.py"):
        path.write_text(path.read_text() + "# more\n")
        seen.add(content_hash("one"))
    (solutions / "accepted" / "loop.py").rename(solutions / "accepted" / "loops.py")
    seen.add(content_hash("one"))
    assert len(seen) == 5


# --- mistakes.yaml ---


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("not_scaled:", "not_scaledd:", "1:1: 'not_scaledd' has neither 'change' nor a file, such as wrong_answer/not_scaledd.py; did you mean 'not_scaled'?"),
        ("zh: 没有相除", "zh: ''", "2:38: the text is empty"),
        ("way_out", "way", "3:3: unknown key 'way'; did you mean 'way_out'?"),
        ("  way_out: {en: Divide., zh: 相除。}\n", "", "2:3: 'not_scaled' has no 'way_out'; write it in English and in Chinese"),
        ("en: nothing is divided", "en: nothing, not x", "2:23: unknown key 'not x'; a text with a comma needs quotes inside {}"),
        (MISTAKES, "{}", "1:1: wrong_answer/not_scaled.py has no name here"),
        (MISTAKES, "[]", "1:1: expected a mapping, got a list"),
    ],
)  # fmt: skip
def test_a_slip_in_mistakes_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    write_whole_question(tmp_path)
    path = tmp_path / "solutions" / "demo" / "scaled-rows" / "mistakes.yaml"
    assert MISTAKES.count(old) == 1
    path.write_text(MISTAKES.replace(old, new), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        _ = Bank.open([tmp_path])["scaled-rows"].mistakes
    assert str(caught.value) == f"{path}:{message}"


def test_missing_mistakes_are_named_where_there_are_wrong_answers(tmp_path: Path) -> None:
    write_whole_question(tmp_path)
    path = tmp_path / "solutions" / "demo" / "scaled-rows" / "mistakes.yaml"
    path.unlink()
    with pytest.raises(SpecError, match=r"mistakes\.yaml: there is no such file"):
        _ = Bank.open([tmp_path])["scaled-rows"].mistakes
    write_question(tmp_path / "bare")
    assert Bank.open([tmp_path / "bare"])["scaled-rows"].mistakes == {}


# --- right answers to concept questions ---


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("which: a", "which: c", "1:18: the answer is one of a, b"),
        ("which: a", "which: [a]", "1:18: the answer is one of a, b"),
        ("[a, b]", "a", "1:30: the answer is a list of some of a, b"),
        ("[a, b]", "[a, c]", "1:30: the answer is a list of some of a, b"),
        ("[a, b]", "[]", "1:30: the answer is a list of some of a, b"),
        ("1.5", "much", "1:48: the answer is a number"),
        ("1.5", "true", "1:48: the answer is a number"),
        ("1.5", ".inf", "1:48: the answer is a finite number"),
        ("which: a, ", "", "1:10: the part 'which' has no answer"),
        ("which: a", "whihc: a", "1:11: there is no part 'whihc'; did you mean 'which'?"),
        ("answers", "anwsers", "1:1: expected the key 'answers', with an answer to each part"),
    ],
)
def test_a_reference_that_can_not_be_right_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    write_concept(tmp_path)
    path = tmp_path / "solutions" / "demo" / "heads" / "reference.yaml"
    path.write_text(ANSWERS.replace(old, new), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        _ = Bank.open([tmp_path])["heads"].question
    assert str(caught.value) == f"{path}:{message}"


def test_a_number_without_tolerance_is_whole(tmp_path: Path) -> None:
    folder = write_concept(tmp_path)
    path = folder / "question.yaml"
    path.write_text(CONCEPT.replace("    rtol: 0.01\n", ""), encoding="utf-8")
    with pytest.raises(SpecError, match=r"1:48: 1.5 is no whole number, so the part needs 'rtol' or 'atol'"):
        _ = Bank.open([tmp_path])["heads"].question


# --- summaries ---


def test_a_summary_is_the_head_of_the_question(tmp_path: Path) -> None:
    path = write_question(tmp_path)
    summary = read_summary(path)
    assert (summary.kind, summary.difficulty, summary.minutes) == ("implement", "easy", 5)
    assert summary.title.zh == "缩放行"
    assert summary.prompt is None
    with_prompt = read_summary(path, prompt=True)
    assert with_prompt.prompt is not None
    assert with_prompt.prompt.en.startswith("Divide")


def test_a_summary_does_not_read_on_after_the_head(tmp_path: Path) -> None:
    assert read_summary(write_question(tmp_path, QUESTION + "broken: [\n")).minutes == 5


def test_a_summary_of_a_spec_in_braces_is_the_same(tmp_path: Path) -> None:
    text = "{kind: debug, difficulty: hard, minutes: 3, title: {en: a, zh: b}, more: 1}"
    assert read_summary(write_question(tmp_path, text)).minutes == 3


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes: 5", "minutes: x", "6:10: expected a whole number, got 'x'"),
        ("minutes: 5\n", "", "1:1: missing key 'minutes'"),
        ("title:", "titel:", "1:1: missing key 'title'"),
        ("difficulty: easy", "difficulty: eazy", "5:13: 'eazy' is not one of easy, expert, hard, medium; did you mean 'easy'?"),
    ],
)  # fmt: skip
def test_a_damaged_head_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write_question(tmp_path, QUESTION.replace(old, new))
    with pytest.raises(SpecError) as caught:
        read_summary(path)
    assert str(caught.value).removeprefix(f"{path}:").startswith(message)
