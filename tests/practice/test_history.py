"""The file of events: kept, shared, and never harmed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.errors import UsageError
from grader.practice import history, place
from grader.practice.history import APPLICATION, FORMAT, History
from grader.practice.place import progress_file
from grader.verdict import Verdict
from tests.practice.events import check, event, solved

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "progress.sqlite3"


def written(path: Path) -> History:
    """A store with a start and a check."""
    made = History(path)
    made.add(event("start"))
    made.add(check(minutes=2, mistake="no_scale"))
    return made


def test_events_come_back_as_they_were_with_the_seconds_since_the_first(path: Path) -> None:
    made = written(path)
    made.add(event("hint", minutes=3, hint=2))
    start, checked, hint = made.events()
    assert start == event("start")
    assert checked == msgspec.structs.replace(check(minutes=2, mistake="no_scale"), seconds=120.0)
    assert hint == event("hint", minutes=3, hint=2)


def test_seconds_are_counted_by_question_and_never_negative(path: Path) -> None:
    made = History(path)
    made.add(event("hint", "other", -60, hint=1))
    for each in (check("one", 0), check("two", 5), check("one", 7), check("one", -1)):
        made.add(each)
    assert [each.seconds for each in made.events()[1:]] == [0.0, 0.0, 420.0, 0.0]


def test_a_seed_of_63_bits_fits(path: Path) -> None:
    made = History(path)
    made.add(msgspec.structs.replace(solved(), seed=2**63 - 1))
    assert made.events()[0].seed == 2**63 - 1


def test_reading_makes_no_file(path: Path) -> None:
    assert History(path).events() == []
    assert History(path).last_hint("one") == 0
    assert not path.parent.exists()


def test_the_furthest_hint_is_known_by_question(path: Path) -> None:
    made = History(path)
    for question, number in (("one", 1), ("one", 2), ("two", 1)):
        made.add(event("hint", question, hint=number))
    assert (made.last_hint("one"), made.last_hint("two"), made.last_hint("three")) == (2, 1, 0)


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert History(path).events() == []
    assert len(written(path).events()) == 2


def test_the_folder_is_its_owners(path: Path) -> None:
    written(path)
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0


def test_the_file_says_whose_it_is_and_of_which_format(path: Path) -> None:
    written(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    connection.close()


# --- several processes ---


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom grader.practice.history import History\n"
        "from tests.practice.events import check\n"
        "for minute in range(20): History(Path(sys.argv[1])).add(check(sys.argv[2], minute))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("one", "two", "three")
    ]
    assert [process.communicate(timeout=60)[1] for process in running] == [b""] * 3
    events = History(path).events()
    for name in ("one", "two", "three"):
        assert [each.seconds for each in events if each.question == name] == [60.0 * minute for minute in range(20)]


def test_a_locked_file_is_waited_for_and_then_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = written(path)
    monkeypatch.setattr(history, "WAIT_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for act in (lambda: made.add(solved()), made.events):
        with pytest.raises(UsageError, match="is locked by another program; try again when that has ended"):
            act()
    other.close()
    assert len(made.events()) == 2


def test_an_event_that_is_interrupted_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = written(path)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(history, "_as_row", interrupt)
    with pytest.raises(KeyboardInterrupt):
        made.add(solved())
    monkeypatch.undo()
    assert len(made.events()) == 2
    made.add(solved())


# --- what can be wrong with the file ---


def spoil_with_noise(path: Path) -> None:
    path.write_bytes(b"no database " * 400)


def spoil_the_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(reversed(content[4096:]))
    path.write_bytes(content)


def spoil_the_length(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def take_another_program(path: Path) -> None:
    path.unlink()
    change(path, "CREATE TABLE songs (title TEXT)")


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def drop_a_column(path: Path) -> None:
    change(path, "ALTER TABLE events DROP COLUMN hint")


def write_nonsense(path: Path) -> None:
    change(path, "UPDATE events SET at = 'yesterday'")


def write_a_verdict_that_there_is_not(path: Path) -> None:
    change(path, "UPDATE events SET verdict = 'brilliant', at = '2026-01-01T00:00:00'")


def drop_the_table(path: Path) -> None:
    change(path, "DROP TABLE events")


def become_newer(path: Path) -> None:
    change(path, f"PRAGMA user_version = {FORMAT + 1}")


DAMAGED = "is damaged, or is no progress file; rename it to progress.sqlite3.damaged to keep it, and a new one is begun"
NEWER = "was written by a newer version of the grader; update the grader to go on with it"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_with_noise, DAMAGED),
        (spoil_the_pages, DAMAGED),
        (spoil_the_length, DAMAGED),
        (take_another_program, DAMAGED),
        (drop_a_column, DAMAGED),
        (write_nonsense, DAMAGED),
        (write_a_verdict_that_there_is_not, DAMAGED),
        (drop_the_table, DAMAGED),
        (become_newer, NEWER),
    ],
)
def test_a_file_that_can_not_be_used_is_one_sentence_and_stays_as_it_is(
    path: Path, spoil: Callable[[Path], None], message: str
) -> None:
    made = written(path)
    spoil(path)
    before = path.read_bytes()
    for act in (lambda: made.add(solved()), made.events):
        with pytest.raises(UsageError) as caught:
            act()
        assert str(caught.value) == f"{path}: {message}"
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_what_is_no_file_is_not_opened(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(UsageError, match="is no file; move it away"):
        History(path).events()
    path.rmdir()
    path.symlink_to(path.parent / "nowhere")
    with pytest.raises(UsageError, match="is no file; move it away"):
        History(path).add(solved())
    if hasattr(os, "mkfifo"):
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(UsageError, match="is no file; move it away"):
            History(path).add(solved())


def test_a_folder_that_is_a_file_is_one_sentence(path: Path) -> None:
    path.parent.write_text("mine")
    for act in (lambda: History(path).add(solved()), History(path).events):
        with pytest.raises(UsageError, match=r"deep: is no folder, so your progress has no place there"):
            act()
    assert path.parent.read_text() == "mine"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not hold root back")
def test_a_folder_without_write_access_can_be_read(path: Path) -> None:
    made = written(path)
    path.parent.chmod(0o500)
    path.chmod(0o400)
    try:
        assert len(made.events()) == 2
        with pytest.raises(UsageError, match="make it and its folder writable"):
            made.add(solved())
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("code", "words"),
    [(8, "make it and its folder writable"), (10, "see whether the disk is sound"), (13, "the disk is full")],
)
def test_what_sqlite_says_is_told_in_words(path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    error = sqlite3.OperationalError("no words for users")
    error.sqlite_errorcode = code | 256  # an extended code

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(sqlite3, "connect", fail)
    with pytest.raises(UsageError, match=words):
        History(path).add(solved())


def test_a_python_without_sqlite_is_one_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(UsageError, match="this Python has no sqlite3"):
        History(path).add(solved())


# --- where it is ---


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(place.VARIABLE, "here")
    assert progress_file() == tmp_path / "here" / "progress.sqlite3"


def test_without_it_the_users_data_folder_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(place.VARIABLE)
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: tmp_path / name)
    assert progress_file() == tmp_path / "torch-interview-grader" / "progress.sqlite3"
    monkeypatch.setenv(place.VARIABLE, "")
    assert progress_file().is_relative_to(tmp_path)


def test_a_home_that_is_not_known_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv(place.VARIABLE)
    for stand_in in (unknown, lambda name, appauthor: Path("~/.local/share") / name):
        monkeypatch.setattr("platformdirs.user_data_path", stand_in)
        with pytest.raises(UsageError, match="the home folder is not known"):
            progress_file()


def test_every_verdict_can_be_kept(path: Path) -> None:
    made = History(path)
    for verdict in Verdict:
        made.add(check(verdict=verdict))
    assert [each.verdict for each in made.events()] == list(Verdict)
