"""`proofs.lock`: what goes on record, what is struck out, and what `grader verify` makes of it."""

from __future__ import annotations

import errno
import json
import os
import tomllib
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import grimp
import pytest
from msgspec.structs import replace

from grader.errors import UsageError
from grader.question.bank import INSTALLED, Bank, Entry
from grader.verify.judging_code import APART, PACKAGE, judging_code_hash, judging_modules, meaning_of
from grader.verify.promises import SEEDS
from grader.verify.proof import Made, Proof
from grader.verify.proofs_lock import NAME, ProofsLock, RecordState
from tests.banks import renamed, write_whole_question
from tests.verify.proving import MADE, Prover, proof, verify

WHOLE = replace(MADE, seeds=list(SEEDS))


def proof_of(entry: Entry, made: Made = WHOLE, **changes: Any) -> Proof:
    return proof(entry.id, entry.content_hash, made=made, **changes)


def lock_of(bank: Bank) -> ProofsLock:
    return ProofsLock(bank.roots[0])


def state(bank: Bank, name: str = "scaled-rows", judge: str = WHOLE.judge) -> RecordState:
    return lock_of(bank).state(bank[name], judge)


def change(entry: Entry) -> None:
    entry.stub.write_text(entry.stub.read_text() + "\n# changed\n")


@pytest.fixture
def entry(bank: Bank) -> Entry:
    return bank["scaled-rows"]


# --- what is on record ---


def test_the_file_is_sorted_has_a_block_for_each_question_and_says_what_it_is(bank: Bank) -> None:
    for name in ("scaled-rows", "more-rows"):
        lock_of(bank).learn(bank[name], proof_of(bank[name]))
    text = (bank.roots[0] / NAME).read_text()
    assert text.startswith("# The questions whose full proof ran clean")
    assert text.index("[questions.more-rows]") < text.index("\n\n[questions.scaled-rows]")
    found = tomllib.loads(text)
    assert found["format"] == 1
    assert found["questions"]["scaled-rows"] == {
        "content": bank["scaled-rows"].content_hash,
        "judge": "judge",
        "seeds": list(SEEDS),
        "versions": MADE.versions,
        "tried": {"solutions": 3, "killed": 4, "equivalent": 1, "degenerate": 1, "styles": 1},
    }
    assert lock_of(bank).records.keys() == {"more-rows", "scaled-rows"}


def test_a_record_is_of_the_content_and_the_judge_under_which_it_was_proved(bank: Bank, entry: Entry) -> None:
    assert state(bank) is RecordState.MISSING
    lock_of(bank).learn(entry, proof_of(entry))
    assert state(bank) is RecordState.PROVED
    assert state(bank, judge="a newer one") is RecordState.OLDER_JUDGE
    change(entry)
    assert state(bank) is RecordState.CHANGED
    entry.reference.unlink()
    entry.reference.symlink_to("/etc/hostname")
    assert state(bank) is RecordState.CHANGED
    assert not lock_of(bank).covers(entry, WHOLE)


@pytest.mark.parametrize(
    "made",
    [
        None,
        replace(WHOLE, variants=False),
        replace(WHOLE, sample=2),
        replace(WHOLE, seeds=[SEEDS[0]]),
        replace(WHOLE, seeds=[5, 6, 7]),
    ],
)
def test_only_a_whole_proof_goes_on_record(bank: Bank, entry: Entry, made: Made) -> None:
    lock_of(bank).learn(entry, proof_of(entry, made))
    assert state(bank) is RecordState.MISSING
    assert not (bank.roots[0] / NAME).exists()


def test_a_record_covers_what_asks_for_no_other_seed(bank: Bank, entry: Entry) -> None:
    lock_of(bank).learn(entry, proof_of(entry, replace(WHOLE, seeds=[*SEEDS, 7])))
    lock = lock_of(bank)
    assert lock.covers(entry, WHOLE)
    assert lock.covers(entry, replace(WHOLE, variants=False, seeds=[7]))
    assert not lock.covers(entry, replace(WHOLE, seeds=[8]))
    assert not lock.covers(entry, replace(WHOLE, judge="a newer one"))


def test_a_question_that_changes_while_it_is_proved_does_not_go_on_record(bank: Bank, entry: Entry) -> None:
    found = proof_of(entry)
    change(entry)
    lock_of(bank).learn(entry, found)
    assert state(bank) is RecordState.MISSING


def test_a_proof_with_problems_strikes_out_the_record_that_it_refutes_and_no_other(bank: Bank, entry: Entry) -> None:
    lock = lock_of(bank)
    lock.learn(entry, proof_of(entry))
    lock.learn(entry, proof_of(entry, replace(WHOLE, judge="a newer one"), problems=["p"]))
    lock.learn(entry, proof(entry.id, "", made=WHOLE, problems=["it can't be read"]))
    assert state(bank) is RecordState.PROVED
    lock.learn(entry, proof_of(entry, replace(WHOLE, variants=False), problems=["p"]))
    assert state(bank) is RecordState.MISSING


def test_what_the_bank_holds_no_more_is_struck_out(bank: Bank, entry: Entry) -> None:
    lock = lock_of(bank)
    for each in bank:
        lock.learn(each, proof_of(each))
    lock.keep_only([entry.id])
    assert lock_of(bank).records.keys() == {entry.id}


def _record(root: Path, names: list[str]) -> None:
    """As each of several commands does it."""
    bank = Bank.open([root])
    for name in names:
        ProofsLock(root).learn(bank[name], proof_of(bank[name]))


@pytest.mark.parametrize(
    "executor", [ThreadPoolExecutor, partial(ProcessPoolExecutor, mp_context=get_context("spawn"))]
)
def test_several_who_record_at_once_lose_nothing(tmp_path: Path, executor: Callable[[int], Executor]) -> None:
    names = [f"rows-{number}" for number in range(24)]
    for name in names:
        write_whole_question(tmp_path, renamed(name), name=name)
    with executor(3) as pool:
        for done in [pool.submit(_record, tmp_path, names[first::3]) for first in range(3)]:
            done.result()
    assert sorted(ProofsLock(tmp_path).records) == sorted(names)
    assert {path.name for path in tmp_path.iterdir()} == {NAME, "questions", "solutions"}


# --- a file that is none ---


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<<<<<<< HEAD\nformat = 1\n", "damaged: Invalid statement (at line 1, column 1)"),
        (b"format = 1\n[questions.a]\n[questions.a]\n", "damaged: Cannot declare ('questions', 'a') twice"),
        (b"format = 1\n[questions.a]\ncontent = 'x'\n", "damaged: Object missing required field `judge`"),
        (b"format = 1\nother = 2\n", "damaged: Object contains unknown field `other`"),
        (b"", "damaged: Object missing required field `format`"),
        (b"format = 0\n", "damaged: Invalid enum value 0"),
        (b"format = 2\nother = 2\n", "written by a newer grader, in format 2; this one knows format 1"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_damaged_or_newer_file_is_one_sentence_and_stays(
    bank: Bank, prover: Prover, content: bytes, told: str
) -> None:
    path = bank.roots[0] / NAME
    path.write_bytes(content)
    for arguments in ((), ("scaled-rows",), ("--recorded",)):
        result = verify(*arguments)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert f"{NAME}: {told}" in result.stderr
    assert prover.asked == []
    assert path.read_bytes() == content


def test_a_folder_in_its_place_is_one_sentence(bank: Bank) -> None:
    (bank.roots[0] / NAME).mkdir()
    with pytest.raises(UsageError, match=r"proofs\.lock: not a plain file"):
        lock_of(bank)


def test_a_full_disk_is_one_sentence_and_the_old_file_stays(
    bank: Bank, entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    lock_of(bank).learn(bank["more-rows"], proof_of(bank["more-rows"]))
    monkeypatch.setattr("grader.pages.files.os.replace", full)
    message = r"proofs\.lock: cannot be written \(No space left on device\); mend that, and prove again"
    with pytest.raises(UsageError, match=message):
        lock_of(bank).learn(entry, proof_of(entry))
    assert lock_of(bank).records.keys() == {"more-rows"}


def test_names_that_are_no_bare_keys_are_quoted(bank: Bank, entry: Entry) -> None:
    made = replace(WHOLE, versions={"a b": '"\\'})
    lock_of(bank).learn(entry, proof_of(entry, made))
    assert lock_of(bank).records[entry.id].versions == made.versions


# --- the command ---


def test_what_is_on_record_is_not_proved_again(bank: Bank, prover: Prover) -> None:
    assert verify().stderr == ""
    assert prover.asked == ["more-rows", "scaled-rows"]
    again = verify()
    assert (again.exit_code, again.stdout) == (0, "")
    told = "2 of 2 questions were proved before and have not changed (on record under torch "
    assert again.stderr.startswith(f"grader: {told}")
    assert again.stderr.endswith("); --fresh proves them again\n")
    assert len(prover.asked) == 2
    assert verify("--fresh").stderr == ""
    assert len(prover.asked) == 4


def test_what_changed_is_proved_again_and_the_rest_is_not(bank: Bank, prover: Prover) -> None:
    verify()
    change(bank["scaled-rows"])
    assert "1 of 2 questions were proved before" in verify().stderr
    assert prover.asked[2:] == ["scaled-rows"]


def test_what_an_older_judge_proved_is_proved_again(prover: Prover, monkeypatch: pytest.MonkeyPatch) -> None:
    verify()
    monkeypatch.setattr("grader.verify.proof_folder.judging_code_hash", lambda: "a newer one")
    assert verify().stderr == ""
    assert len(prover.asked) == 4


def test_a_question_that_is_named_is_proved_whatever_is_on_record(bank: Bank, prover: Prover) -> None:
    for count in (1, 2):
        assert verify("scaled-rows").stderr == ""
        assert prover.asked == ["scaled-rows"] * count
    assert lock_of(bank).records.keys() == {"scaled-rows"}


def test_a_report_has_every_question_also_those_on_record(tmp_path: Path, prover: Prover) -> None:
    verify()
    verify("--report", tmp_path / "out")
    assert len(prover.asked) == 4
    assert len(json.loads((tmp_path / "out" / "proof.json").read_text())["questions"]) == 2


def test_what_a_report_has_goes_on_record_without_a_proof(tmp_path: Path, bank: Bank, prover: Prover) -> None:
    verify("--report", tmp_path / "out")
    (bank.roots[0] / NAME).unlink()
    verify("--report", tmp_path / "out")
    assert len(prover.asked) == 2
    assert lock_of(bank).records.keys() == {"more-rows", "scaled-rows"}


def test_an_interrupt_leaves_on_record_what_is_done(bank: Bank, prover: Prover) -> None:
    prover.fail_at = "scaled-rows"
    assert verify().exit_code == 130
    assert lock_of(bank).records.keys() == {"more-rows"}


def test_a_question_that_is_not_clean_does_not_go_on_record(bank: Bank, prover: Prover) -> None:
    verify()
    prover.problems = ["a mutant survives"]
    assert verify("scaled-rows").exit_code == 1
    assert lock_of(bank).records.keys() == {"more-rows"}


def test_proving_the_bank_strikes_out_a_question_that_is_gone(bank: Bank, prover: Prover) -> None:
    verify()
    bank["scaled-rows"].file.unlink()
    verify("more-rows")
    assert lock_of(bank).records.keys() == {"more-rows", "scaled-rows"}
    verify()
    assert lock_of(bank).records.keys() == {"more-rows"}


def test_each_bank_has_its_own(tmp_path: Path, bank: Bank, prover: Prover) -> None:
    write_whole_question(tmp_path / "mine", renamed("my-rows"), name="my-rows")
    verify("--bank", tmp_path / "mine")
    assert lock_of(bank).records.keys() == {"more-rows", "scaled-rows"}
    assert ProofsLock(tmp_path / "mine").records.keys() == {"my-rows"}


def test_json_says_what_was_not_proved_again(prover: Prover) -> None:
    verify()
    found = json.loads(verify("--format", "json").stdout)
    assert (found["questions"], found["recorded"]) == ([], ["more-rows", "scaled-rows"])


def test_recorded_lists_what_is_not_and_proves_nothing(bank: Bank, prover: Prover) -> None:
    verify()
    clean = verify("--recorded")
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert clean.stderr == "grader: 2 of 2 questions are on record as they are now\n"
    change(bank["scaled-rows"])
    found = verify("--recorded")
    assert found.stderr == "grader: 1 of 2 questions are on record as they are now; `grader verify` proves the rest\n"
    assert (found.exit_code, found.stdout) == (1, "scaled-rows: changed since it was proved\n")
    assert verify("--recorded", "more-rows").exit_code == 0
    assert json.loads(verify("--recorded", "--format", "json").stdout)["questions"] == {
        "more-rows": "proved",
        "scaled-rows": "changed since it was proved",
    }
    assert len(prover.asked) == 2


def test_recorded_says_how_many_an_older_judge_proved(prover: Prover, monkeypatch: pytest.MonkeyPatch) -> None:
    verify()
    monkeypatch.setattr("grader.verify.judging_code_hash", lambda: "a newer one")
    found = verify("--recorded")
    assert found.exit_code == 0
    told = "2 of 2 questions are on record as they are now, 2 of them proved under an older judge"
    assert found.stderr == f"grader: {told}; `grader verify` proves the rest\n"


@pytest.mark.parametrize("other", ["--quick", "--fresh", "--seed=1", "--repeat=2", "--report=out"])
def test_recorded_goes_with_nothing_that_is_about_a_proof(prover: Prover, other: str) -> None:
    result = verify("--recorded", other)
    assert (result.exit_code, result.stderr) == (2, "grader: --recorded proves nothing; give it alone, or with ID\n")


def test_an_installed_bank_is_not_written_and_that_is_no_error(
    tmp_path: Path, prover: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / INSTALLED
    (tmp_path / "bank").rename(root)
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: root)
    result = verify()
    assert (result.exit_code, result.stderr) == (0, "")
    assert not (root / NAME).exists()


def test_a_bank_that_can_not_be_written_is_proved_all_the_same(
    bank: Bank, prover: Prover, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access
    monkeypatch.setattr("os.access", lambda path, mode: path != bank.roots[0] and real(path, mode))
    result = verify()
    assert result.exit_code == 0
    assert result.stderr.endswith("proofs.lock: its folder can't be written, so nothing goes on record\n")
    assert len(prover.asked) == 2


# --- the judging code ---


def test_comments_docstrings_and_layout_do_not_change_what_code_means() -> None:
    one = b'"""One."""\n\n\ndef f(a, *, b=None):\n    """Two."""\n    return [a, b]  # three\n'
    other = b"def f(\n    a,\n    *,\n    b=None,\n):\n    return [a, b]\n"
    assert meaning_of(one) == meaning_of(other)
    for before, after in ((b"b=None", b"b"), (b"[a, b]", b"[b, a]"), (b"return", b"yield"), (b"None", b"'None'")):
        assert meaning_of(other) != meaning_of(other.replace(before, after))


def test_a_string_that_is_no_docstring_counts() -> None:
    assert meaning_of(b"def f():\n    x = 'one'\n") != meaning_of(b"def f():\n    x = 'two'\n")
    assert meaning_of(b"x = 1\n'one'\n") != meaning_of(b"x = 1\n'two'\n")


def test_what_a_proof_needs_is_judging_code() -> None:
    graph = grimp.build_graph("grader", cache_dir=None)
    needed = graph.find_upstream_modules("grader.verify.proving") | graph.find_upstream_modules("grader.worker.serve")
    assert needed - {_dotted(path) for path in judging_modules()} == {"grader.version"}


def _dotted(path: Path) -> str:
    parts = ("grader", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def test_what_is_apart_exists() -> None:
    assert [name for name in APART if name != INSTALLED and not (PACKAGE / name).exists()] == []
    assert len(judging_code_hash()) == 64
