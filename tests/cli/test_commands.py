"""The command line: results on stdout, the rest on stderr, one line for every error."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from grader.cli import COMMANDS, list_command, main
from grader.cli.columns import width
from grader.cli.options import default_language
from grader.question.bank import Bank
from grader.question.kinds import Kind
from grader.question.solutions import KnownSolution
from grader.text import Text
from grader.verdict import Verdict
from tests.banks import QUESTION, renamed, write_concept, write_question, write_whole_question


def run(*arguments: str | Path, **environment: str) -> Result:
    variables = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None, "GRADER_LANG": None} | environment
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=variables)


def require_one_line(result: Result, exit_code: int, message: str) -> None:
    assert result.stdout == ""
    assert result.stderr == f"grader: {message}\n"
    assert result.exit_code == exit_code


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of two questions instead of the built-in one."""
    root = tmp_path / "bank"
    write_whole_question(root)
    write_concept(root)
    monkeypatch.setattr("grader.question.bank.built_in_root", lambda: root)
    monkeypatch.setattr("grader.cli.new_command.built_in_root", lambda: root)
    monkeypatch.chdir(tmp_path)
    return root


# --- help ---


def test_without_arguments_the_help_is_shown() -> None:
    result = run()
    assert result.exit_code == 0
    assert "Example:" in result.stdout
    for name in COMMANDS:
        assert f"  {name} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0, result.stderr
    assert "Example:" in result.stdout
    assert f"grader {name}" in result.stdout.partition("Example:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_asked_for_in_one_way(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    for each in (command, *getattr(command, "commands", {}).values()):
        assert "--json" not in [option for parameter in each.params for option in parameter.opts]
        formats = [parameter.type for parameter in each.params if parameter.name == "output_format"]
        assert all(isinstance(kind, click.Choice) and list(kind.choices) == ["text", "json"] for kind in formats)


def test_help_and_list_import_no_heavy_module(bank: Path) -> None:
    heavy = {"torch", "numpy", "rich", "jinja2", "pygments", "safetensors"}
    for arguments in (["--help"], ["list", "--bank", str(bank)]):
        script = "import sys\nfrom grader.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=root, check=True
        )
        assert heavy.isdisjoint(done.stderr.split()), arguments


# --- errors ---


def test_unknown_command_names_the_nearest() -> None:
    require_one_line(run("lst"), 2, "there is no command 'lst'; did you mean 'list'?")


def test_unknown_option_is_one_line() -> None:
    result = run("list", "--kin")
    assert result.exit_code == 2
    assert result.stderr == "grader: No such option '--kin'. Did you mean '--kind'?\n"


@pytest.mark.parametrize("command", ["show", "start"])
def test_unknown_question_is_one_line_on_stderr_and_exit_2(command: str) -> None:
    message = "there is no question 'scaled-row'; did you mean 'scaled-rows'?"
    require_one_line(run(command, "scaled-row"), 2, message)


def test_missing_argument_is_one_line() -> None:
    require_one_line(run("show"), 2, "Missing argument 'ID'.")


@pytest.mark.parametrize("command", [["list"], ["show", "x"], ["start", "x"]])
def test_a_bank_that_is_none_is_one_line(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    require_one_line(run("--bank", "nowhere", *command), 2, "nowhere: there is no such folder, so it is no bank")
    require_one_line(run(*command, "--bank", "bare"), 2, "bare: no bank, because it has no folder questions/")
    require_one_line(run(*command, "--bank", "a\0b"), 2, "a⟨U+0000⟩b: there is no such folder, so it is no bank")


def test_a_bank_that_can_not_be_read_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    require_one_line(run("list"), 2, "bank/questions: can't be read: Permission denied")


def test_internal_errors_are_one_line_and_exit_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(Bank, "open", fail)
    message = "internal error, ZeroDivisionError: a b; run with --traceback to see it"
    require_one_line(run("list"), 3, message)
    for arguments in (["--traceback", "list"], ["list", "--traceback"]):
        result = run(*arguments)
        assert result.exit_code == 3
        assert "Traceback" in result.stderr
        assert "in fail" in result.stderr


def test_an_interrupt_is_one_line_and_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bank, "open", interrupt)
    result = run("list")
    assert result.exit_code == 130
    assert result.stderr.strip() == "grader: interrupted"


def test_a_reader_that_goes_away_is_no_error(bank: Path) -> None:
    script = f"'{sys.executable}' -m grader list --bank '{bank}' | true"
    root = Path(__file__).parents[2]
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, cwd=root, check=False)
    assert done.stderr == ""


# --- language ---


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN", "GRADER_LANG": "en"}, "en"),
        ({"GRADER_LANG": "ZH"}, "zh"),
        ({"GRADER_LANG": "", "LANG": "zh"}, "zh"),
        ({"GRADER_LANG": "fr"}, "en"),
    ],
)
def test_the_language_is_found_in_the_environment(environment: dict[str, str], language: str) -> None:
    assert default_language(environment) == language


def test_the_option_beats_the_environment() -> None:
    assert "Scaled rows" in run("list", "--lang", "en", GRADER_LANG="zh").stdout
    assert "缩放行" in run("list", GRADER_LANG="zh").stdout
    assert "缩放行" in run("list", LC_ALL="zh_CN.UTF-8").stdout


# --- list ---


def test_list_shows_one_line_for_each_question() -> None:
    assert run("list").stdout.splitlines() == [
        "heads        demo  concept    hard  5 min  Heads",
        "scaled-rows  demo  implement  easy  5 min  Scaled rows",
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--kind", "concept"], ["heads"]),
        (["--kind", "concept", "--kind", "implement"], ["heads", "scaled-rows"]),
        (["--difficulty", "easy"], ["scaled-rows"]),
        (["--topic", "demo", "--difficulty", "hard"], ["heads"]),
        (["--search", "ROWS"], ["scaled-rows"]),
        (["--search", "缩放"], ["scaled-rows"]),
        (["--search", "divide rows"], ["scaled-rows"]),
        (["--search", "sqrt"], ["scaled-rows"]),
        (["--search", "demo"], ["heads", "scaled-rows"]),
        (["--search", "demo nothing"], []),
    ],
)
def test_list_filters(options: list[str], ids: list[str]) -> None:
    result = run("list", *options)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ids
    assert result.exit_code == 0
    assert result.stderr == ("" if ids else "grader: no question fits\n")


def test_list_names_the_nearest_topic() -> None:
    require_one_line(run("list", "--topic", "dmo"), 2, "there is no topic 'dmo'; did you mean 'demo'?")


def test_list_as_json_carries_a_schema_version(bank: Path) -> None:
    found = json.loads(run("list", "--format", "json").stdout)
    assert found["schema_version"] == list_command.SCHEMA_VERSION
    assert found["damaged"] == {}
    assert found["questions"][1] == {
        "id": "scaled-rows",
        "topic": "demo",
        "kind": "implement",
        "difficulty": "easy",
        "minutes": 5,
        "title": {"en": "Scaled rows", "zh": "缩放行"},
        "bank": str(bank),
    }


def test_list_shows_the_others_beside_a_damaged_question(bank: Path) -> None:
    write_question(bank, "][", name="damaged")
    (bank / "questions" / "demo" / "empty").mkdir()
    result = run("list")
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines() == [
        "grader: ignored bank/questions/demo/empty: it has no question.yaml",
        "grader: not listed: bank/questions/demo/damaged/question.yaml:1:1: not YAML: did not find expected "
        "node content, while parsing a block node",
    ]
    assert list(json.loads(run("list", "--format", "json").stdout)["damaged"]) == ["damaged"]


def test_list_has_the_banks_before_and_behind_the_command(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_question(tmp_path / name, renamed(name), name=name)
    result = run("--bank", tmp_path / "one", "list", "--bank", tmp_path / "two")
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["heads", "one", "scaled-rows", "two"]


def test_an_ascii_terminal_shows_what_it_can(bank: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "list", "--lang", "zh", "--bank", str(bank)],
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert b"scaled-rows" in done.stdout


# --- show ---


def test_show_writes_the_question_with_readable_maths() -> None:
    result = run("show", "scaled-rows")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "# Scaled rows",
        "",
        "scaled-rows · demo · implement · easy · 5 min",
        "",
        "Divide `x` by √D.",
        "",
        "---",
        "",
        "- Not allowed: `torch.div`",
        "- As everywhere: the inputs stay as they are; float64 in gives float64 out; "
        "inputs need not be contiguous in memory; gradients flow back.",
        "- Source: made for tests",
        "- Hints: 2 (`grader show scaled-rows --hint 1`)",
        "- Begin: `grader start scaled-rows`",
    ]


def test_show_in_chinese_is_chinese() -> None:
    text = run("show", "scaled-rows", "--lang", "zh").stdout
    assert "# 缩放行" in text
    assert "实现 · 简单 · 5 分钟" in text
    assert "不允许使用：`torch.div`" in text


def test_show_writes_the_parts_of_a_concept_question() -> None:
    text = run("show", "heads").stdout
    assert "## several (2 points)\n\nWhich ones?\n\n- **a** one\n- **b** two\n" in text
    assert "How many? [MB]" in text
    assert "names the reason" not in text


def test_show_one_hint_at_a_time() -> None:
    result = run("show", "scaled-rows", "--hint", "1")
    assert result.stdout == "**Hint 1/2**\n\nWhich axis is D?\n"
    assert result.stderr == "grader: the next one: grader show scaled-rows --hint 2\n"
    assert run("show", "scaled-rows", "--hint", "2", "--lang", "zh").stdout == "**提示 2/2**\n\n相除。\n"
    require_one_line(run("show", "scaled-rows", "--hint", "3"), 2, "'scaled-rows' has 2 hints; there is no hint 3")
    assert run("show", "scaled-rows", "--hint", "0").exit_code == 2


def test_show_in_a_terminal_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.show_command.on_terminal", lambda: True)
    text = run("show", "scaled-rows", TERM="xterm", COLUMNS="80").stdout
    assert "Scaled rows" in text
    assert "Divide x by √D." in text
    assert "`" not in text


def test_show_of_a_damaged_question_says_where(bank: Path) -> None:
    write_question(bank, renamed("damaged").replace("minutes: 5", "minuts: 5"), name="damaged")
    message = "bank/questions/demo/damaged/question.yaml:6:1: unknown key 'minuts'; did you mean 'minutes'?"
    require_one_line(run("show", "damaged"), 2, message)


# --- start ---


def test_start_writes_the_stub_and_never_overwrites(bank: Path, tmp_path: Path) -> None:
    result = run("start", "scaled-rows")
    assert result.stdout == "scaled-rows.py\n"
    path = tmp_path / "scaled-rows.py"
    assert path.read_bytes() == (bank / "questions/demo/scaled-rows/stub.py").read_bytes()
    path.write_text("mine")
    require_one_line(run("start", "scaled-rows"), 2, "scaled-rows.py: is there already and is not overwritten")
    assert path.read_text() == "mine"


def test_start_makes_the_folder(tmp_path: Path) -> None:
    assert run("start", "heads", "new/folder").stdout == "new/folder/heads.yaml\n"
    assert (tmp_path / "new/folder/heads.yaml").exists()


def test_start_into_what_is_no_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    require_one_line(run("start", "heads", "file"), 2, "file: is there already and is not overwritten")
    require_one_line(run("start", "heads", "file/inner"), 2, "file/inner/heads.yaml: can't be written: Not a directory")
    result = run("start", "heads", "a\0b")
    assert result.exit_code == 2
    assert result.stderr.startswith("grader: ")


def test_start_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "scaled-rows.py").symlink_to(tmp_path / "elsewhere.py")
    require_one_line(run("start", "scaled-rows"), 2, "scaled-rows.py: is there already and is not overwritten")
    assert not (tmp_path / "elsewhere.py").exists()


def test_a_stub_that_is_missing_is_one_line(bank: Path) -> None:
    (bank / "questions/demo/scaled-rows/stub.py").unlink()
    message = "bank/questions/demo/scaled-rows/stub.py: can't be read: No such file or directory"
    require_one_line(run("start", "scaled-rows"), 2, message)


# --- new ---


def test_new_makes_a_question_that_loads(tmp_path: Path) -> None:
    result = run("new", "attention/my-rotary-embedding", "--bank", "mine")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == "grader: fill in the TODOs, then prove it: grader verify my-rotary-embedding --bank mine\n"
    for line in result.stdout.splitlines():
        assert (tmp_path / line).exists()
    entry = Bank.open([tmp_path / "mine"])["my-rotary-embedding"]
    assert entry.question.entry == "my_rotary_embedding"
    assert entry.question.topic == "attention"
    assert [one.verdict for one in entry.known] == [Verdict.ACCEPTED] * 3 + [Verdict.WRONG_ANSWER] * 4
    assert len(entry.mistakes) == 4
    assert not (entry.solutions / "wrong_answer").exists()
    for file in (entry.file, entry.solutions / "mistakes.yaml"):
        schema = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / schema).exists()
    for path in (entry.file, entry.stub, entry.reference):
        assert "TODO" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "entry"), [("2d-conv", "solve_2d_conv"), ("class", "class_"), ("torch", "torch_")])
def test_new_gives_every_id_a_python_name(tmp_path: Path, name: str, entry: str) -> None:
    assert run("new", f"demo/{name}", "--bank", "mine").exit_code == 0
    made = Bank.open([tmp_path / "mine"])[name]
    assert made.question.entry == entry
    compile(made.stub.read_text(), "stub.py", "exec")


def test_new_solutions_are_as_right_or_wrong_as_they_must_be(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    run("new", "demo/centre", "--bank", "mine")
    entry = Bank.open([tmp_path / "mine"])["centre"]
    x = torch.randn(3, 5) + 0.5

    def result_of(solution: KnownSolution) -> object:
        names: dict[str, object] = {}
        exec(compile(solution.source, solution.place, "exec"), names)
        return names["centre"](x)  # type: ignore[operator]

    expected = result_of(entry.known[0])
    for one in entry.known:
        right = torch.allclose(result_of(one), expected, atol=1e-3)
        assert right == (one.verdict is Verdict.ACCEPTED), one.place


def test_new_goes_into_the_checkout_without_a_bank(bank: Path) -> None:
    assert run("new", "text/fresh").exit_code == 0
    assert (bank / "questions/text/fresh/question.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rotary"], "'rotary' is not TOPIC/ID; write lower-case words joined by hyphens, such as attention/rotary-embedding"),
        (["a/../b"], "'a/../b' is not TOPIC/ID; write lower-case words joined by hyphens, such as attention/rotary-embedding"),
        (["A/b"], "'A/b' is not TOPIC/ID; write lower-case words joined by hyphens, such as attention/rotary-embedding"),
        (["demo/scaled-rows"], "there is a question 'scaled-rows' already: bank/questions/demo/scaled-rows"),
        (["text/scaled-rows", "--bank", "mine"], "there is a question 'scaled-rows' already: bank/questions/demo/scaled-rows"),
        (["a/b", "--bank", "x", "--bank", "y"], "a question goes into one bank, and --bank names 2"),
    ],
)  # fmt: skip
def test_new_refuses_what_it_can_not_make(arguments: list[str], message: str) -> None:
    require_one_line(run("new", *arguments), 2, message)


def test_new_overwrites_no_solutions(bank: Path) -> None:
    (bank / "solutions" / "text" / "fresh").mkdir(parents=True)
    require_one_line(run("new", "text/fresh"), 2, "bank/solutions/text/fresh: is there already and is not overwritten")


def test_new_does_not_write_into_an_installed_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed = tmp_path / "grader" / "_bank"
    write_question(installed, QUESTION)
    monkeypatch.setattr("grader.cli.new_command.built_in_root", lambda: installed)
    require_one_line(run("new", "text/fresh"), 2, "name the bank that the question goes into with --bank DIR")


def test_the_list_speaks_chinese() -> None:
    result = run("list", "--lang", "zh")
    assert "简单" in result.stdout
    assert "分钟" in result.stdout
    assert run("list", "--search", "no such word", "--lang", "zh").stderr == "grader: 没有符合条件的题目\n"


def test_the_columns_of_a_chinese_list_are_straight(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        list_command.ListedQuestion(name, "t", Kind.IMPLEMENT, level, 5, Text("Title", "标题"), "")
        for name, level in (("a", "easy"), ("long-name", "expert"))
    ]
    list_command._write_table(rows, "zh")
    starts = {width(line[: line.index("标题")]) for line in capsys.readouterr().out.splitlines()}
    assert len(starts) == 1


def test_nothing_that_a_terminal_obeys_reaches_stderr() -> None:
    result = run("check", "a\x1b[31m\u202e.py")
    assert "a⟨U+001B⟩[31m⟨U+202E⟩.py: there is no question" in result.stderr
