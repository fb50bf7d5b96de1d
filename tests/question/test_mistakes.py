"""mistakes.yaml: mistakes that are changes, and what is wrong with those that can't be."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SpecError
from grader.question import bank as bank_module
from grader.question.bank import Bank, Entry
from grader.question.solutions import KnownSolution, with_both
from grader.verdict import Verdict
from tests.banks import CHANGES, DIFFERING, LOOP, NAMED, REFERENCE, write_changed_question, write_concept


@pytest.fixture(autouse=True)
def no_built_in_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bank_module, "built_in_root", lambda: None)


def _entry(root: Path, mistakes: str = CHANGES) -> Entry:
    write_changed_question(root, mistakes)
    return Bank.open([root])["scaled-rows"]


def _concept(root: Path, mistakes: str = DIFFERING) -> Entry:
    write_concept(root, mistakes)
    return Bank.open([root])["heads"]


def _by_id(entry: Entry) -> dict[str, KnownSolution]:
    return {one.id: one for one in entry.known}


def _message(entry: Entry) -> str:
    with pytest.raises(SpecError) as caught:
        _ = entry.known
    return str(caught.value).removeprefix(f"{entry.solutions}/")


# --- what is known ---


def test_files_and_changes_are_known_alike_by_verdict_and_by_id(tmp_path: Path) -> None:
    known = _entry(tmp_path).known
    assert [(one.key, one.place) for one in known] == [
        ("reference.py", "reference.py"),
        ("accepted/einsum.py", "accepted/einsum.py"),
        ("accepted/loop.py", "accepted/loop.py"),
        ("wrong_answer/no_root.py", "mistakes.yaml: no_root"),
        ("wrong_answer/not_scaled.py", "wrong_answer/not_scaled.py"),
        ("wrong_answer/returns_x.py", "mistakes.yaml: returns_x"),
        ("runtime_error/first_row_only.py", "mistakes.yaml: first_row_only"),
    ]


def test_a_change_is_applied_to_its_base(tmp_path: Path) -> None:
    known = _by_id(_entry(tmp_path))
    assert known["no_root"].source == REFERENCE.replace(" ** 0.5", "")
    assert known["first_row_only"].source.endswith("    row = x[0]\n    return row / len(row) ** 0.5\n")
    assert known["first_row_only"].verdict is Verdict.RUNTIME_ERROR


def test_only_mistakes_with_a_name_have_one(tmp_path: Path) -> None:
    assert list(_entry(tmp_path).mistakes) == ["no_root", "returns_x", "not_scaled"]


def test_mistakes_are_read_only_where_they_are_asked_for(tmp_path: Path) -> None:
    entry = _entry(tmp_path, "][")
    assert entry.question.id == "scaled-rows"
    assert entry.content_hash


def test_two_changes_of_one_base_are_joined(tmp_path: Path) -> None:
    known = _by_id(_entry(tmp_path))
    found = with_both(known["no_root"], known["returns_x"])
    assert found == REFERENCE.replace(" ** 0.5", "").replace("return y", "return x")


def test_changes_of_two_bases_are_not_joined_nor_is_a_file(tmp_path: Path) -> None:
    known = _by_id(_entry(tmp_path))
    assert with_both(known["no_root"], known["first_row_only"]) is None
    assert with_both(known["no_root"], known["not_scaled"]) is None
    assert with_both(known["not_scaled"], known["not_scaled"]) is None


# --- what is refused ---


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[" ** 0.5", ""]', '["** 2", ""]', "3:8: this text is not in reference.py; the nearest is line 6: y = x / x.shape[1] ** 0.5"),
        ('[" ** 0.5", ""]', '[y, z]', "3:8: this text stands in line 6 and again in line 7 of reference.py; write more of what is around it"),
        ('[" ** 0.5", ""]', '["", "x"]', "3:8: the old text is empty; write what the new one takes the place of"),
        ('[" ** 0.5", ""]', '[y =, y =]', "3:8: this changes nothing: the old and the new text are the same"),
        ('[" ** 0.5", ""]', '[x.shape, y]\n    - ["x / x.shape[1]", x]', "4:8: this text overlaps with that of a change above; write them as one"),
        ('[" ** 0.5", ""]', '["[1]", "[1"]', "3:5: what comes out is no Python: '[' was never closed: y = x / x.shape[1 ** 0.5"),
        ('[" ** 0.5", ""]', '[" ** 0.5"]', "3:7: expected a list of 2, got one of 1"),
        ('[" ** 0.5", ""]', '[0.5, ""]', "3:8: expected text, got 0.5; put it in quotes"),
        ('\n    - [" ** 0.5", ""]', ' " ** 0.5"', "2:11: expected a list, got '** 0.5'"),
        ('\n    - [" ** 0.5", ""]', ' []', "2:11: 'change' is empty; write what differs from a right answer"),
        ("of: accepted/loop.py", "of: accepted/loops.py", "9:7: 'accepted/loops.py' is no right answer to this question; did you mean 'accepted/loop.py'?"),
        ("of: accepted/loop.py", "of: ../../../questions/demo/scaled-rows/stub.py", "9:7: '../../../questions/demo/scaled-rows/stub.py' is no right answer to this question; right answers: reference.py, accepted/einsum.py, accepted/loop.py"),
        ("of: accepted/loop.py", "of: wrong_answer/not_scaled.py", "9:7: 'wrong_answer/not_scaled.py' is no right answer to this question; right answers: reference.py, accepted/einsum.py, accepted/loop.py"),
        ("verdict: runtime_error", "verdict: runtime_eror", "8:12: 'runtime_eror' is not one of memory_limit_exceeded, output_limit_exceeded, rule_violation, runtime_error, time_limit_exceeded, wrong_answer; did you mean 'runtime_error'?"),
        ("verdict: runtime_error", "verdict: accepted", "8:12: 'accepted' is not one of memory_limit_exceeded, output_limit_exceeded, rule_violation, runtime_error, time_limit_exceeded, wrong_answer"),
        ("no_root:\n  change", "no_root:\n  changes", "2:3: unknown key 'changes'; did you mean 'change'?"),
        ("no_root:\n  change", "not_scaled:\n  change", "21:1: the key 'not_scaled' is here a second time"),
        ("first_row_only:", "no-row:", "7:1: 'no-row' can't name a mistake; write words joined by _, such as no_mask"),
        (f"not_scaled:\n{NAMED}", "", "1:1: wrong_answer/not_scaled.py has no name here"),
        (f"not_scaled:\n{NAMED}", f"not_scaled:\n  of: reference.py\n{NAMED}", "22:3: 'of' says nothing without a change: wrong_answer/not_scaled.py is a file, and its folder is its verdict"),
        (f"not_scaled:\n{NAMED}", f"not_scaled:\n  verdict: wrong_answer\n{NAMED}", "22:3: 'verdict' says nothing without a change: wrong_answer/not_scaled.py is a file, and its folder is its verdict"),
        (f"not_scaled:\n{NAMED}", f"not_scaled:\n  change: [[y, x]]\n{NAMED}", "21:1: 'not_scaled' is a change here and a file too, wrong_answer/not_scaled.py; keep one of the two"),
        (f"not_scaled:\n{NAMED}", f"not_scale:\n{NAMED}", "21:1: 'not_scale' has neither 'change' nor a file, such as wrong_answer/not_scale.py; did you mean 'not_scaled'?"),
        (f'["return y", "return x"]\n{NAMED}', '["return y", "return x"]\n', "17:3: 'returns_x' has no 'name'; write it in English and in Chinese"),
        (f'["return y", "return x"]\n{NAMED}', f'["return y", "return x"]\n{NAMED.splitlines()[0]}\n', "17:3: 'returns_x' has no 'way_out'; write it in English and in Chinese"),
        ("verdict: runtime_error", "verdict: runtime_error\n  name: {en: a, zh: b}", "8:3: 'first_row_only' has no 'way_out'; write it in English and in Chinese"),
        ("verdict: runtime_error", "verdict: runtime_error\n  answers: {a: 1}", "9:3: a mistake in code has no 'answers'; write 'change'"),
    ],
)  # fmt: skip
def test_a_slip_in_a_change_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert CHANGES.count(old) == 1
    assert _message(_entry(tmp_path, CHANGES.replace(old, new))).removeprefix("mistakes.yaml:") == message


def test_what_can_not_even_be_parsed_is_no_python(tmp_path: Path) -> None:
    deep = CHANGES.replace('** 0.5", ""', f'** 0.5", "{"-" * 5000}1"')
    assert _message(_entry(tmp_path, deep)).startswith(
        "mistakes.yaml:3:5: what comes out is no Python: maximum recursion"
    )
    entry = _entry(tmp_path)
    (entry.solutions / "reference.py").write_text(REFERENCE + "# \0\n", encoding="utf-8")
    assert _message(entry).startswith("reference.py: no Python: source code string cannot contain null bytes")


def test_a_right_answer_that_is_no_python_is_blamed_itself(tmp_path: Path) -> None:
    entry = _entry(tmp_path)
    (entry.solutions / "reference.py").write_text(REFERENCE + "retrun y\n", encoding="utf-8")
    line = REFERENCE.count("\n") + 1
    assert _message(entry) == f"reference.py:{line}:8: no Python: invalid syntax: retrun y"


@pytest.mark.parametrize("old", ["return  y", "returny", "\\treturn y", "return y "])
def test_a_text_that_is_there_but_for_spaces_is_told_so(tmp_path: Path, old: str) -> None:
    message = _message(_entry(tmp_path, CHANGES.replace('["return y", "return x"]', f'["{old}", "return x"]')))
    assert "this text is not in reference.py; only spaces or line ends differ from line" in message
    assert message.endswith("'    return y'")


def test_other_spaces_at_the_beginning_of_a_block_are_told(tmp_path: Path) -> None:
    pair = '["    y = x / x", "y = x / x"]'
    message = _message(_entry(tmp_path, CHANGES.replace('["return y", "return x"]', pair)))
    assert message.endswith("the old text begins with 4 spaces and the new one with 0: with | write |2, or as many")


def test_a_folder_that_is_no_verdict_is_told(tmp_path: Path) -> None:
    entry = _entry(tmp_path)
    (entry.solutions / "wrong_answers").mkdir()
    assert _message(entry) == "wrong_answers: is no verdict; did you mean 'wrong_answer'?"


def test_an_error_behind_the_last_line_quotes_none(tmp_path: Path) -> None:
    text = CHANGES.replace('["return y", "return x"]', '["return y", "if y:"]')
    assert "what comes out is no Python: expected an indented block" in _message(_entry(tmp_path, text))


def test_a_base_that_is_a_link_out_of_the_bank_is_refused(tmp_path: Path) -> None:
    entry = _entry(tmp_path / "bank")
    (tmp_path / "secret.py").write_text(LOOP)
    (entry.solutions / "accepted" / "loop.py").unlink()
    (entry.solutions / "accepted" / "loop.py").symlink_to(tmp_path / "secret.py")
    assert _message(entry).endswith("accepted/loop.py: this link leaves the bank")


# --- concept questions ---


def test_a_mistake_in_a_concept_question_names_the_answers_that_differ(tmp_path: Path) -> None:
    entry = _concept(tmp_path)
    known = _by_id(entry)
    assert known["three"].source == '{"answers": {"how-many": 3, "which": "b"}}'
    assert known["three"].key == "wrong_answer/three.yaml"
    assert list(entry.mistakes) == ["three"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("how-many: 3", "how-much: 3", "2:13: there is no part 'how-much'; did you mean 'how-many'?"),
        ("how-many: 3", "how-many: 1.5", "2:23: this is the reference's answer; write only the answers that differ"),
        ("which: b", "which: c", "2:33: the answer is one of a, b"),
        ("several: [b]", "several: []", "6:22: the answer is a list of some of a, b"),
        ("answers: {several: [b]}", "answers: {}", "6:12: 'answers' is empty; write what differs from a right answer"),
        ("answers: {several: [b]}", "change: [[a, b]]", "6:3: a mistake in answers to a concept question has no 'change'; write 'answers'"),
        ("answers: {several: [b]}", "answers: {several: [b]}\n  of: reference.yaml", "7:3: a mistake in answers to a concept question has no 'of'; write 'answers'"),
        ("answers: {several: [b]}", "name: {en: a, zh: b}", "5:1: 'unnamed' has neither 'change' nor a file, such as wrong_answer/unnamed.py"),
    ],
)  # fmt: skip
def test_a_slip_in_answers_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert DIFFERING.count(old) == 1
    assert _message(_concept(tmp_path, DIFFERING.replace(old, new))).removeprefix("mistakes.yaml:") == message
