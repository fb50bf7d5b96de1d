"""The folder of `grader verify --report`: what is written, what is proved again, and what the page says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from grader.errors import UsageError
from grader.question.bank import Bank, Entry
from grader.verify.proof import SCHEMA_VERSION, Made, Proof, Tried
from grader.verify.proof_folder import ProofFolder
from grader.verify.proof_page import duration, figure, share, write_proof_page
from tests.report.pages import Page
from tests.verify.proving import FAILURES, MADE, Prover, proof, tried, verify

DOCUMENT = Path(__file__).parents[2] / "docs" / "proof.md"
NASTY = "</script><img src=x onerror=alert(1)><!-- \u202e \ud800 {{ 7*7 }} & \"'"


SURVIVOR = Tried("mutant", "sign: y -> -y", "accepted", FAILURES, 11, margin=0.01)


def page_of(out: Path, *proofs: Proof, unproved: tuple[str, ...] = ()) -> Page:
    return Page.read(write_proof_page(out / "index.html", proofs, unproved))


# --- figures ---


def test_mutants_are_killed_equivalent_or_survivors_and_nothing_twice() -> None:
    broken = replace(SURVIVOR, key="other", verdict="grader_error")
    listed_and_killed = replace(SURVIVOR, key="third", verdict="wrong_answer", reason="said to be right")
    one = proof(tried=[*tried(), SURVIVOR, broken, listed_and_killed])
    assert (one.killed, one.equivalent, len(one.survivors)) == (5, 1, 2)
    assert len(one.group("mutant")) == 8


def test_a_mistake_counts_as_named_only_by_its_own_name() -> None:
    assert proof().named == (1, 2)
    answers = Tried("solution", "wrong_answer/guess.yaml", "wrong_answer", ["wrong_answer"])  # has no name to get
    assert proof(tried=[answers]).named == (0, 0)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.0222, "0.0222"),
        (8.036, "8.04"),
        (33924.7, "33,925"),
        (1.67e6, "1.7 × 10⁶"),
        (2e-7, "2.0 × 10⁻⁷"),
        (float("inf"), "–"),
    ],
)
def test_figures_have_three_digits_that_count(value: float | None, words: str) -> None:
    assert figure(value) == words


def test_durations_and_shares_in_words() -> None:
    assert (duration(0.61), duration(59.4), duration(59.97), duration(127.6)) == (
        "0.6 s", "59.4 s", "1 min 00 s", "2 min 08 s",
    )  # fmt: skip
    assert (share(999, 1000), share(3, 3), share(0, 0)) == ("99 %", "100 %", "–")


# --- the files ---


def test_a_proof_is_read_as_it_was_written(tmp_path: Path, bank: Bank) -> None:
    entry = bank["scaled-rows"]
    written = proof(entry.id, entry.content_hash, notes=["worth a look"])
    ProofFolder(tmp_path / "out").save(written)
    assert ProofFolder(tmp_path / "out").reusable(entry, MADE) == written
    assert json.loads((tmp_path / "out" / "scaled-rows.json").read_text())["schema_version"] == SCHEMA_VERSION


def _reusable(out: Path, entry: Entry, made: Made = MADE, **changes: Any) -> bool:
    store = ProofFolder(out)
    store.save(replace(proof(entry.id, entry.content_hash), **changes))
    return store.reusable(entry, made) is not None


def test_only_the_same_proof_without_problems_is_used_again(tmp_path: Path, bank: Bank) -> None:
    entry = bank["scaled-rows"]
    assert _reusable(tmp_path, entry)
    assert not _reusable(tmp_path, entry, content_hash="another")
    assert not _reusable(tmp_path, entry, problems=["a mutant survives"])
    assert not _reusable(tmp_path, entry, made=None)
    for made in (
        replace(MADE, seeds=[1]),
        replace(MADE, seeds=[2, 1]),
        replace(MADE, variants=False),
        replace(MADE, sample=2),
        replace(MADE, versions={**MADE.versions, "torch": "2.7"}),
        replace(MADE, judge="another"),
    ):
        assert not _reusable(tmp_path, entry, made)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"schema_version": 1', '"schema_version": 2'),
        ('"accepted"', '"excellent"'),
        ('"question": "scaled-rows"', '"question": "other"'),
        ("}\n", ""),
        ("{", "\xff"),
    ],
)
def test_a_file_that_this_grader_did_not_write_whole_is_no_proof(
    tmp_path: Path, bank: Bank, before: str, after: str
) -> None:
    entry = bank["scaled-rows"]
    store = ProofFolder(tmp_path)
    store.save(proof(entry.id, entry.content_hash))
    path = tmp_path / "scaled-rows.json"
    damaged = path.read_text().replace(before, after)
    assert damaged != path.read_text()
    path.write_text(damaged, encoding="latin-1")
    assert store.current(entry) is None


def test_a_changed_question_has_no_current_proof(tmp_path: Path, bank: Bank) -> None:
    store = ProofFolder(tmp_path)
    store.save(proof("scaled-rows", bank["scaled-rows"].content_hash))
    stub = bank["scaled-rows"].stub
    stub.write_text(stub.read_text() + "\n# changed\n")
    assert store.current(Bank.open()["scaled-rows"]) is None


def test_a_question_called_proof_takes_no_other_files_place(tmp_path: Path) -> None:
    store = ProofFolder(tmp_path)
    store.save_all([proof("proof"), proof("rows")])
    store.save(proof("proof"))
    assert len(json.loads((tmp_path / "proof.json").read_text())["questions"]) == 2


def test_the_page_of_something_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UsageError, match=r"holds no proof, but index\.html, which would be overwritten"):
        ProofFolder(tmp_path)


def test_what_no_utf8_can_hold_is_shown_by_its_number(tmp_path: Path, bank: Bank) -> None:
    entry = bank["scaled-rows"]
    store = ProofFolder(tmp_path)
    store.save(proof(entry.id, entry.content_hash, notes=["a\ud800b"]))
    found = store.current(entry)
    assert found is not None
    assert found.notes == ["a⟨U+D800⟩b"]


def test_every_key_is_documented(tmp_path: Path) -> None:
    ProofFolder(tmp_path).save_all([proof(notes=["n"], seeds=2)])
    whole = json.loads((tmp_path / "proof.json").read_text())
    (one,) = whole["questions"]
    records = [whole, one, one["made"], *one["tried"]]
    document = DOCUMENT.read_text(encoding="utf-8")
    assert {key for record in records for key in record if f"`{key}`" not in document} == set()


# --- the page ---


def test_the_page_says_everything_about_a_question(tmp_path: Path) -> None:
    one = proof(problems=["a mutant survives (line 11)"], notes=["worth a look"], tried=[*tried(), SURVIVOR])
    text = page_of(tmp_path, one, unproved=("heads",)).text
    for words in ("a mutant survives (line 11)", "worth a look", "addition commutes", "twice as big", "1, 2"):
        assert words in text
    assert "1 / 2" in text, "mistakes named"
    assert "2 / 3" in text, "wrong mutants explained"
    assert "heads" in text
    for each in one.tried:
        assert each.key in text
        assert each.message in text


def test_the_table_has_a_line_for_each_question_and_the_sums(tmp_path: Path) -> None:
    text = page_of(tmp_path, proof("a"), proof("b", problems=["p"], tried=[*tried(), SURVIVOR])).text
    lines = [" ".join(re.sub(r"\[.*?\]", "", line).split()) for line in text.splitlines()]
    assert "a clean 3 5 4 1 0 2 / 3 1 / 2 0.05 12.5 61" in lines
    assert "b not clean (1) 3 6 4 1 1 2 / 3 1 / 2 0.05 12.5 61" in lines
    assert "All 1 of 2 clean 6 11 8 2 1 4 / 6 2 / 4 0.05 12.5 122" in lines


def test_questions_with_problems_are_open(tmp_path: Path) -> None:
    page = page_of(tmp_path, proof("a"), proof("b", problems=["p"]))
    questions = [attributes for tag, attributes in page.elements if tag == "details" and "id" in attributes]
    assert {each["id"]: "open" in each for each in questions} == {"q-a": False, "q-b": True}


def test_a_quick_proof_is_called_so(tmp_path: Path) -> None:
    quick = proof(made=replace(MADE, variants=False), tried=tried()[:3])
    assert "clean (quick)" in page_of(tmp_path, quick).text
    assert "(quick)" not in page_of(tmp_path, proof()).text


def test_a_wrong_verdict_is_beside_the_right_one(tmp_path: Path) -> None:
    zeros = Tried("degenerate", "zeros", "accepted", ["wrong_answer"], margin=0.5)
    assert "expected: wrong answer" in page_of(tmp_path, proof(problems=["p"], tried=[zeros])).text.lower()


def test_a_page_without_questions_is_a_page(tmp_path: Path) -> None:
    assert "No question is proved yet." in page_of(tmp_path, unproved=("rows",)).text


def _poisoned(text: str) -> Proof:
    """A question that fails everywhere, with the text in every field."""
    answers = [
        replace(one, key=text, message=text, check=text, mistake=one.mistake and text, reason=one.reason and text)
        for one in tried()
    ]
    answers.append(replace(SURVIVOR, key=text, hint=text))
    return proof(text, text, problems=[text], notes=[text], tried=answers, made=replace(MADE, versions={text: text}))


def test_hostile_text_adds_no_element_and_no_attribute(tmp_path: Path) -> None:
    harmless, hostile = (page_of(tmp_path, _poisoned(text), unproved=(text,)) for text in ("harmless", NASTY))
    assert hostile.vocabulary() == harmless.vocabulary()
    assert hostile.raw == harmless.raw
    assert not hostile.comments
    assert "⟨U+202E⟩" in hostile.text
    assert "49" not in hostile.text


def test_the_page_allows_only_its_own_style_and_script(tmp_path: Path) -> None:
    page = page_of(tmp_path, proof())
    policy = next(content for content in page.values("content") if "default-src" in content)
    assert "default-src 'none'" in policy
    for kind, directive in (("style", "style-src"), ("script", "script-src")):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert not page.values("style")
    assert all(link.startswith("#") for link in page.values("href"))
    assert not page.values("src")


# --- the command ---


def _questions(out: Path) -> list[str]:
    return [each["question"] for each in json.loads((out / "proof.json").read_text())["questions"]]


def test_the_report_is_written_and_used_again(tmp_path: Path, prover: Prover) -> None:
    out = tmp_path / "out"
    first = verify("--report", out)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.splitlines()[-1] == str(out / "index.html")
    names = {path.name for path in out.iterdir()}
    assert names == {"scaled-rows.json", "more-rows.json", "proof.json", "index.html"}
    again = verify("--report", out)
    assert again.stdout == first.stdout
    message = "2 of 2 questions were proved before and have not changed; --fresh proves them again"
    assert again.stderr == f"grader: {message}\n"
    assert prover.asked == ["more-rows", "scaled-rows"]
    assert verify("--report", out, "--fresh").stderr == ""
    assert verify("--report", out, "--seed", "5").stderr == ""
    assert len(prover.asked) == 6


def test_what_has_problems_is_proved_again(tmp_path: Path, prover: Prover) -> None:
    prover.problems = ["a mutant survives"]
    for count in (1, 2):
        assert verify("--report", tmp_path / "out").exit_code == 1
        assert prover.asked == ["more-rows", "scaled-rows"] * count


def test_what_is_named_is_proved_again(tmp_path: Path, prover: Prover) -> None:
    for count in (1, 2):
        assert verify("scaled-rows", "--report", tmp_path / "out").stderr == ""
        assert prover.asked == ["scaled-rows"] * count


def test_an_interrupt_leaves_what_is_done(tmp_path: Path, prover: Prover) -> None:
    prover.fail_at = "scaled-rows"
    result = verify("--report", tmp_path / "out")
    assert result.exit_code == 130
    assert _questions(tmp_path / "out") == ["more-rows"]
    assert "not proved here or have changed since: scaled-rows." in Page.read(tmp_path / "out" / "index.html").text
    prover.fail_at = ""
    assert "1 of 2 questions were proved before" in verify("--report", tmp_path / "out").stderr
    assert prover.asked == ["more-rows", "scaled-rows"]


def test_the_page_keeps_what_was_proved_by_another_command(tmp_path: Path, prover: Prover) -> None:
    for name in ("scaled-rows", "more-rows"):
        assert verify(name, "--report", tmp_path / "out").exit_code == 0
    assert _questions(tmp_path / "out") == ["more-rows", "scaled-rows"]


def test_a_folder_that_can_not_be_written_is_one_sentence_before_anything_runs(tmp_path: Path, prover: Prover) -> None:
    (tmp_path / "file").write_text("")
    result = verify("--report", tmp_path / "file" / "out")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "cannot be written" in result.stderr
    assert prover.asked == []
