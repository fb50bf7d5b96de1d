"""At the desk: start, hint, solution, progress, next, completion, and what `check` records."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import grader.grading.grader
from grader.cli import COMMANDS, main, recording, session_command
from grader.cli.completion_command import VARIABLE
from grader.cli.options import Shared
from grader.cli.progress_command import duration
from grader.interview.workspace import FOLDER
from grader.practice.events import Event
from grader.practice.history import History
from grader.practice.place import progress_file
from grader.result import Result as Judged
from grader.verdict import Verdict
from tests.banks import STUB, renamed, write_concept, write_question, write_whole_question
from tests.cli.terminal import ROOT, WITH_FAKE, call
from tests.fakes import FakeGrader
from tests.practice.events import check, event, solved


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two easy questions of one topic, a hard one without hints, and a medium one of another topic."""
    root = tmp_path / "bank"
    write_whole_question(root)
    write_whole_question(root, renamed("other-rows").replace("minutes: 5", "minutes: 9"), name="other-rows")
    write_concept(root)
    medium = renamed("far-rows").replace("easy", "medium").replace("topic: demo", "topic: far")
    write_whole_question(root, medium, "far", "far-rows")
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: root)
    monkeypatch.setattr(grader.grading, "Grader", FakeGrader)
    monkeypatch.setenv("GRADER_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return root


def run(*arguments: str | Path, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=answer)


def require_one_line(result: Result, exit_code: int, message: str) -> None:
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"grader: {message}\n", exit_code)


def events() -> list[Event]:
    return History(progress_file()).events()


def record(*done: Event) -> None:
    store = History(progress_file())
    for each in done:
        store.add(each)


def damage() -> bytes:
    """Spoils the progress; gives its content."""
    path = progress_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"no database " * 100)
    return path.read_bytes()


def damaged() -> str:
    return (
        f"{progress_file()}: is damaged, or is no progress file; rename it to progress.sqlite3.damaged to keep it, "
        "and a new one is begun"
    )


# --- start ---


def test_start_says_where_the_file_is_and_what_to_do_next(tmp_path: Path) -> None:
    result = run("start", "scaled-rows", "my work")
    assert result.stdout == "my work/scaled-rows.py\n"
    assert result.stderr.splitlines() == [
        "grader: read the question with: grader show scaled-rows",
        "grader: write your answer into the file; judged at every save with: grader check 'my work/scaled-rows.py' --watch",
    ]
    assert [path.name for path in (tmp_path / "my work").iterdir()] == ["scaled-rows.py"]
    assert [(each.kind, each.question, each.topic) for each in events()] == [("start", "scaled-rows", "demo")]


def test_start_takes_several_questions_with_a_folder(tmp_path: Path) -> None:
    result = run("start", "--dir", "work", "scaled-rows", "heads", "scaled-rows")
    assert result.stdout == "work/scaled-rows.py\nwork/heads.yaml\n"
    assert (tmp_path / "work/scaled-rows.py").read_text() == STUB
    assert len(events()) == 2


def test_start_writes_nothing_where_one_of_several_is_there(tmp_path: Path) -> None:
    (tmp_path / "heads.yaml").write_text("mine")
    result = run("start", "--dir", ".", "scaled-rows", "heads")
    require_one_line(result, 2, "heads.yaml: is there already and is not overwritten")
    assert not (tmp_path / "scaled-rows.py").exists()
    assert (tmp_path / "heads.yaml").read_text() == "mine"
    assert events() == []


def test_start_takes_several_questions_into_the_current_folder(tmp_path: Path) -> None:
    assert run("start", "scaled-rows", "demo/heads").stdout == "scaled-rows.py\nheads.yaml\n"
    assert (tmp_path / "scaled-rows.py").read_text() == STUB
    require_one_line(run("start", "other-rows", "heads"), 2, "heads.yaml: is there already and is not overwritten")
    assert not (tmp_path / "other-rows.py").exists()


def test_start_takes_a_last_name_that_is_no_question_for_the_folder(tmp_path: Path) -> None:
    assert run("start", "scaled-rows", "heads", "x").stdout == "x/scaled-rows.py\nx/heads.yaml\n"
    (tmp_path / "heads").mkdir()
    assert run("start", "other-rows", "heads/").stdout == "heads/other-rows.py\n"
    assert run("start", "other-rows", "heads").stdout == "other-rows.py\nheads.yaml\n"


def test_start_does_not_take_a_slip_for_a_folder(tmp_path: Path) -> None:
    told = "did you mean 'other-rows'? A new folder of that name is written oter-rows/"
    require_one_line(
        run("start", "heads", "oter-rows"), 2, f"'oter-rows' is neither a question nor a folder here; {told}"
    )
    require_one_line(
        run("start", "oter-rows", "heads"), 2, "there is no question 'oter-rows'; did you mean 'other-rows'?"
    )
    assert list(tmp_path.glob("*.py")) == []
    assert run("start", "scaled-rows", "oter-rows/").exit_code == 0
    assert run("start", "other-rows", "oter-rows").stdout == "oter-rows/other-rows.py\n"


def test_start_goes_on_without_a_record(tmp_path: Path) -> None:
    content = damage()
    result = run("start", "scaled-rows")
    assert (result.exit_code, result.stdout) == (0, "scaled-rows.py\n")
    assert result.stderr.splitlines()[0] == f"grader: not recorded: {damaged()}"
    assert progress_file().read_bytes() == content


# --- check records ---


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scaled-rows.py"
    path.write_text("# wrong_answer\n")
    return path


def test_each_check_is_recorded_with_what_it_came_to(file: Path) -> None:
    assert run("check", file, "--seed", "7").exit_code == 1
    file.write_text("x = 1\n")
    assert run("check", file).exit_code == 0
    first, second = events()
    assert (first.kind, first.question, first.topic) == ("check", "scaled-rows", "demo")
    assert (first.verdict, first.points, first.max_points, first.seed) == (Verdict.WRONG_ANSWER, 0, 3, 7)
    assert (second.verdict, second.points, second.seed) == (Verdict.ACCEPTED, 3, grader.grading.grader.CHECK_SEED)
    assert first.question_hash == second.question_hash
    assert len(first.question_hash or "") == 64
    assert first.seconds == 0.0


def test_json_is_recorded_too_and_no_record_leaves_it_out(file: Path) -> None:
    run("check", file, "--format", "json")
    assert len(events()) == 1
    run("check", file, "--no-record")
    assert len(events()) == 1


def test_what_nobody_read_to_the_end_is_recorded(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*shown: object) -> None:
        raise BrokenPipeError  # `grader check ... | head -1`

    monkeypatch.setattr("grader.cli.draw.show_result", gone)
    run("check", file)
    assert len(events()) == 1


@pytest.mark.parametrize("source", ["", "# grader_error\n"])
def test_what_was_not_judged_is_not_recorded(file: Path, source: str) -> None:
    file.write_text(source)
    run("check", file)
    assert events() == []


def test_a_damaged_progress_changes_no_verdict_and_no_byte(file: Path) -> None:
    content = damage()
    result = run("check", file)
    assert result.exit_code == 1
    assert "wrong answer" in result.stdout
    assert result.stderr == f"grader: not recorded: {damaged()}\n"
    assert progress_file().read_bytes() == content


def test_a_progress_that_can_not_be_written_changes_no_verdict(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_DATA", str(file))
    result = run("check", file)
    assert result.exit_code == 1
    assert (
        result.stderr
        == "grader: not recorded: scaled-rows.py: is no folder, so your progress has no place there; see GRADER_DATA\n"
    )
    assert file.read_text() == "# wrong_answer\n"


def test_every_recorder_is_told_and_may_say_a_line(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Judged] = []

    def tell(done: recording.JudgedFile) -> str:
        told.append(done.result)
        return f"{done.path.name} of {done.entry.id}, seed {done.seed}"

    monkeypatch.setattr("grader.cli.check_command.CHECK_RECORDERS", (*recording.CHECK_RECORDERS, tell))
    damage()
    ended = call(capsys, "check", file, "--seed", "3")
    assert [each.verdict for each in told] == [Verdict.WRONG_ANSWER]
    assert ended.err.splitlines()[1] == "grader: scaled-rows.py of scaled-rows, seed 3"


def test_an_interview_is_told_of_checks_hints_and_solutions_and_counts_its_own_hints(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("hint", "scaled-rows")
    begin = ["start", "--minutes", "30", "--dir", "room", "scaled-rows"]
    assert CliRunner().invoke(session_command.command, begin, obj=Shared()).exception is None
    monkeypatch.chdir(tmp_path / "room")
    assert run("hint", "scaled-rows").stdout.startswith("**Hint 1/2**")
    assert run("hint", "scaled-rows").stdout.startswith("**Hint 2/2**")
    assert "recorded for the interview" in run("check", "scaled-rows.py", "--no-record").stderr
    assert "recorded for the interview" in run("solution", "scaled-rows", "--yes").stderr
    kinds = [json.loads(line)["event"] for line in Path(".grader-session/journal.jsonl").read_text().splitlines()]
    assert kinds == ["hint", "hint", "check", "solution"]
    assert [each.kind for each in events()] == ["hint", "hint", "hint", "solution"]


def test_the_folder_of_an_interview_is_known_by_the_name_that_interviews_give_it() -> None:
    assert recording.SESSION_FOLDER == FOLDER


# --- hint ---


def test_hints_come_one_after_another_and_are_counted() -> None:
    first = run("hint", "scaled-rows")
    assert first.stdout == "**Hint 1/2**\n\nWhich axis is D?\n"
    assert first.stderr == "grader: hints left: 1; the next one: grader hint scaled-rows\n"
    second = run("hint", "scaled-rows", "--lang", "zh")
    assert (second.stdout, second.stderr) == ("**提示 2/2**\n\n相除。\n", "")
    assert run("hint", "other-rows").stdout == first.stdout
    assert [(each.question, each.hint) for each in events()] == [
        ("scaled-rows", 1),
        ("scaled-rows", 2),
        ("other-rows", 1),
    ]


def test_after_the_last_hint_it_says_so() -> None:
    record(event("hint", "scaled-rows", hint=2))
    result = run("hint", "scaled-rows")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr.startswith(
        "grader: all 2 hints of 'scaled-rows' were shown; see the last one again with --again"
    )
    assert len(events()) == 1


def test_again_repeats_the_last_hint_and_counts_nothing() -> None:
    require_one_line(
        run("hint", "scaled-rows", "--again"),
        2,
        "no hint to 'scaled-rows' was shown yet; `grader hint scaled-rows` shows the first",
    )
    run("hint", "scaled-rows")
    assert run("hint", "scaled-rows", "--again").stdout == "**Hint 1/2**\n\nWhich axis is D?\n"
    assert len(events()) == 1


def test_again_where_the_question_has_fewer_hints_now() -> None:
    record(event("hint", "scaled-rows", hint=9))
    assert run("hint", "scaled-rows", "--again").stdout.startswith("**Hint 2/2**")


def test_a_question_without_hints_says_so() -> None:
    require_one_line(run("hint", "heads"), 0, "'heads' has no hints")


def test_a_hint_is_shown_without_a_progress_too() -> None:
    content = damage()
    result = run("hint", "scaled-rows")
    assert (result.exit_code, result.stdout) == (0, "**Hint 1/2**\n\nWhich axis is D?\n")
    assert (
        result.stderr
        == f"grader: {damaged()}; so this is the first hint, and `grader show scaled-rows --hint N` shows the others\n"
    )
    assert progress_file().read_bytes() == content


def test_show_counts_no_hint() -> None:
    run("show", "scaled-rows", "--hint", "2")
    assert events() == []


# --- solution ---

REFERENCE = "scaled_rows = None\n"


def test_a_solution_is_not_shown_without_being_asked_for() -> None:
    message = "there is no terminal to ask at whether to show the answer to 'scaled-rows'; --yes shows it"
    require_one_line(run("solution", "scaled-rows"), 2, message)
    assert events() == []


def test_a_solution_goes_to_a_pipe_as_it_is_and_is_noted(bank: Path) -> None:
    result = run("solution", "scaled-rows", "--yes")
    assert (result.stdout, result.exit_code) == (REFERENCE, 0)
    assert result.stderr == f"grader: 2 other right answers are in {bank}/solutions/demo/scaled-rows/accepted\n"
    assert [(each.kind, each.question) for each in events()] == [("solution", "scaled-rows")]


@pytest.mark.parametrize(("answer", "shown"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_warns_and_asks(monkeypatch: pytest.MonkeyPatch, answer: str, shown: bool) -> None:
    monkeypatch.setattr("grader.cli.solution_command._can_ask", lambda: True)
    result = run("solution", "scaled-rows", answer=answer)
    assert result.exit_code == 0
    assert result.stdout == (REFERENCE if shown else "")
    assert "`grader progress` will say that you saw it" in result.stderr
    assert ("not shown" in result.stderr) is not shown
    assert len(events()) == shown


def test_a_solution_in_a_terminal_is_highlighted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.code_text.on_terminal", lambda: True)
    assert "scaled_rows" in run("solution", "scaled-rows", "--yes").stdout
    assert "answers" in run("solution", "heads", "--yes").stdout


def test_a_solution_is_shown_though_it_can_not_be_noted() -> None:
    damage()
    result = run("solution", "scaled-rows", "--yes")
    assert (result.stdout, result.exit_code) == (REFERENCE, 0)
    assert f"grader: not recorded: {damaged()}\n" in result.stderr


@pytest.mark.parametrize("command", [["hint"], ["solution", "--yes"], ["start"]])
def test_an_unknown_id_names_the_nearest(command: list[str]) -> None:
    require_one_line(run(*command, "scaled-row"), 2, "there is no question 'scaled-row'; did you mean 'scaled-rows'?")


# --- progress ---


def test_progress_begins_empty() -> None:
    result = run("progress", "--topic", "demo")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "TOPIC  SOLVED  TRIED  ATTEMPTS  HINTS  TIME",
        "demo   0 of 3  0      0         0      ",
        "",
        "Days in a row: 0",
    ]
    assert result.stderr == "grader: nothing is recorded yet; `grader next` proposes a question\n"


def test_progress_shows_topics_and_questions() -> None:
    record(
        event("start", "scaled-rows"),
        check("scaled-rows", 10, points=1),
        event("hint", "scaled-rows", 11, hint=1),
        solved("scaled-rows", 12),
        event("solution", "other-rows", 13),
        check("other-rows", 15, points=2),
        solved("far-rows", 17, topic="far"),
        check("private", 20, topic="mine"),
    )
    lines = [line.split() for line in run("progress").stdout.splitlines()]
    assert ["demo", "1", "of", "3", "1", "3", "1", "14", "min"] in lines
    assert ["all", "2", "of", "4", "2", "5", "1", "19", "min"] in lines
    text = run("progress").stdout
    assert "scaled-rows  demo   solved, and changed since" in text
    assert "other-rows   demo   tried, solution seen" in text
    assert "private      mine   tried, no longer in the bank" in text
    assert "Days in a row: 0" in text
    assert "private" not in run("progress", "--topic", "demo").stdout
    assert run("progress", "--topic", "mine").exit_code == 0
    require_one_line(run("progress", "--topic", "dmo"), 2, "there is no topic 'dmo'; did you mean 'demo'?")


def test_progress_counts_what_was_solved_by_checking(file: Path) -> None:
    run("solution", "scaled-rows", "--yes")
    file.write_text("x = 1\n")
    run("check", file)
    found = json.loads(run("progress", "--format", "json").stdout)
    assert found["schema_version"] == 1
    assert found["file"] == str(progress_file())
    assert found["streak_days"] == 1
    assert (found["total"]["questions"], found["total"]["solved"], found["total"]["solved_after_seeing"]) == (4, 1, 1)
    assert [topic["topic"] for topic in found["topics"]] == ["demo", "far"]
    (question,) = found["questions"]
    assert question["question"] == "scaled-rows"
    assert question["status"] == "solved_after_seeing"
    assert (question["changed"], question["in_bank"], question["solution_seen"]) == (False, True, True)
    assert "solved after seeing the solution" in run("progress").stdout


def test_a_question_that_can_not_be_read_any_more_has_changed(bank: Path) -> None:
    record(solved("scaled-rows"))
    reference = bank / "solutions/demo/scaled-rows/reference.py"
    reference.unlink()
    reference.symlink_to("/etc/hostname")
    assert "solved, and changed since" in run("progress").stdout


def test_progress_in_a_terminal_is_a_table_that_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    record(check("scaled-rows", mistake="[bold]x"), check("[red]gone", topic="[red]mine"))
    monkeypatch.setattr("grader.cli.progress_command.on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    text = run("progress").stdout
    assert "[red]gone" in text
    assert "─" in text
    assert max(map(len, text.splitlines())) <= 60


def test_progress_speaks_chinese() -> None:
    record(solved("scaled-rows"))
    text = run("progress", "--lang", "zh").stdout
    assert "已解出" in text
    assert "连续练习天数：" in text


def test_progress_of_a_damaged_file_says_how_to_put_it_aside() -> None:
    content = damage()
    for arguments in (["progress"], ["progress", "--format", "json"]):
        require_one_line(run(*arguments), 2, damaged())
    assert progress_file().read_bytes() == content
    progress_file().rename(progress_file().with_suffix(".sqlite3.damaged"))
    assert run("progress").exit_code == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (0.2, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (3569, "59 min"),
        (3580, "1 h 0 min"),
        (7320, "2 h 2 min"),
    ],
)
def test_durations_read_well(seconds: float, words: str) -> None:
    assert duration(seconds, "en") == words


# --- next ---


def test_next_proposes_one_question_with_the_reason() -> None:
    result = run("next")
    assert result.stdout == ("scaled-rows  Scaled rows  demo · easy · 5 min\nIt is new, and the easiest one left.\n")
    assert result.stderr == "grader: begin with: grader start scaled-rows\n"


def test_next_goes_on_where_somebody_was() -> None:
    record(solved("far-rows", topic="far"), solved("scaled-rows", 1))
    result = run("next")
    assert result.stdout.startswith("other-rows  ")
    assert "the easiest one left in 'demo', where you were last" in result.stdout


def test_next_comes_back_to_what_failed() -> None:
    record(check("other-rows", points=1), check("other-rows", 5, points=2))  # on an earlier day
    result = run("next")
    day = events()[-1].at.astimezone().date()
    assert day < date.today()
    assert result.stdout == (
        "other-rows  Scaled rows  demo · easy · 9 min\n"
        f"It is not solved yet: attempts 2, best 2 of 3 points, last on {day}.\n"
    )
    assert result.stderr == "grader: go on with: grader check other-rows.py; a hint: grader hint other-rows\n"


def test_next_takes_topics_and_difficulties() -> None:
    assert run("next", "--topic", "far").stdout.startswith("far-rows")
    assert run("next", "--difficulty", "hard").stdout.startswith("heads")
    assert run("next", "--topic", "far", "--topic", "demo", "--difficulty", "medium").stdout.startswith("far-rows")
    require_one_line(run("next", "--topic", "far", "--difficulty", "hard"), 0, "no question fits")
    require_one_line(run("next", "--topic", "fra"), 2, "there is no topic 'fra'; did you mean 'far'?")


def test_next_says_when_all_are_solved() -> None:
    record(solved("scaled-rows"), solved("other-rows"))
    require_one_line(run("next", "--difficulty", "easy"), 0, "you have solved every question that fits: 2 of 2")


def test_next_proposes_without_a_progress_too_and_passes_over_damaged_questions(bank: Path) -> None:
    damage()
    write_question(bank, "][", name="damaged")
    result = run("next", "--lang", "zh")
    assert result.stdout.startswith("scaled-rows  缩放行  demo · 简单 · 5 分钟\n新题")
    assert "not proposed: bank/questions/demo/damaged/question.yaml:1:1" in result.stderr
    assert damaged() in result.stderr


# --- completion ---


COMPLETE = """
import contextlib, io, json, os, sys
from pathlib import Path
import grader.question.bank
grader.question.bank.built_in_root = lambda: Path(sys.argv[1])
from grader.cli import main
found = []
for line in json.load(sys.stdin):
    os.environ |= {VARIABLE: "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())) as out:
        main(prog_name="grader")
    out.flush()
    found.append([word.partition(",")[2] for word in out.buffer.getvalue().decode().splitlines() if word])
print(json.dumps([found, sorted(sys.modules)]))
""".replace("VARIABLE", repr(VARIABLE))

OFFERED = {
    "grader s": [name for name in COMMANDS if name.startswith("s")],
    "grader show s": ["scaled-rows"],
    "grader hint ": ["heads", "other-rows", "scaled-rows", "far-rows"],
    "grader solution --y": ["--yes"],
    "grader check x.py --question o": ["other-rows"],
    "grader start o": ["other-rows"],
    "grader start scaled-rows wo": ["wo"],  # a folder, which the shell completes
    "grader start scaled-rows o": ["o", "other-rows"],
    "grader start --dir x scaled-rows o": ["other-rows"],
    "grader verify scaled-rows s": [],
    "grader next --topic f": ["far"],
    "grader list --topic ": ["demo", "far"],
    "grader --bank nowhere show s": [],
    "grader completion z": ["zsh"],
}


def test_a_shell_is_offered_ids_topics_and_options_without_heavy_imports(bank: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPLETE, str(bank)],
        input=json.dumps(list(OFFERED)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found, modules = json.loads(done.stdout)
    assert dict(zip(OFFERED, found, strict=True)) == OFFERED
    assert {"torch", "numpy", "rich", "jinja2", "pygments", "sqlite3"}.isdisjoint(modules)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_with_a_line_on_installing_it(shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"# To install: {'mkdir' if shell == 'fish' else 'grader'}" in result.stdout
    assert VARIABLE in result.stdout
    assert result.stdout.startswith("#compdef grader\n") is (shell == "zsh")


def test_completion_knows_three_shells() -> None:
    result = run("completion", "tcsh")
    assert result.exit_code == 2
    assert "is not one of 'bash', 'zsh', 'fish'" in result.stderr


# --- with several processes, and streams that are gone ---


def test_checks_at_once_are_all_recorded(file: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WITH_FAKE, "check", str(path), "--question", "causal-attention"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for path in [file] * 3
    ]
    assert [process.communicate(timeout=120)[1] for process in running] == [b""] * 3
    assert [each.question for each in events()] == ["causal-attention"] * 3
