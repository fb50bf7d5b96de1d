"""`grader sheet`."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.sheet.formats import FORMATS
from tests.banks import write_question
from tests.sheet.samples import bank_of, question_with_prompt


@pytest.fixture(autouse=True)
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small bank, and an empty folder to be in."""
    root = tmp_path / "bank"
    bank_of(root, monkeypatch)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return root


def sheet(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["sheet", *map(str, arguments)], env={"GRADER_LANG": "en"})


def ids(folder: Path = Path()) -> list[str]:
    """The questions of the sheet in a folder."""
    return re.findall(r'<section id="([^"]+)"', (folder / "sheet.html").read_text())


def there() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


def require_one_line(result: Result, message: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"grader: {message}\n"
    assert there() == []


def test_named_questions_become_a_page_and_a_key() -> None:
    result = sheet("c", "a")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == "sheet.html\nsheet-key.html\n"
    assert result.stderr == "grader: 2 questions, 40 minutes\n"
    assert ids() == ["c", "a"]
    assert "seed" not in Path("sheet.html").read_text()


def test_a_draw_says_how_to_have_it_again() -> None:
    result = sheet("--kind", "implement", "--minutes", "50", "--candidate", "Ada L", "--out", "one")
    again = re.search(r"the same draw again: grader sheet (.*)", result.stderr)
    assert again and re.search(r"\d+ questions, \d+ of 50 minutes; ", result.stderr)
    assert again[1].startswith("--kind implement --minutes 50 --seed ")
    seed = again[1].split()[5]
    assert f"Drawn with seed {seed} for Ada L." in Path("one/sheet.html").read_text()
    options = ["--kind", "implement", "--minutes", "50", "--seed", seed, "--candidate", "Ada L"]
    assert sheet(*options, "--out", "two").exit_code == 0
    assert Path("one/sheet.html").read_bytes() == Path("two/sheet.html").read_bytes()
    assert Path("one/sheet-key.html").read_bytes() == Path("two/sheet-key.html").read_bytes()


def test_one_command_makes_a_sheet_for_each_candidate() -> None:
    names = ["Ada L", "李雷", "Grace"]
    options = [part for name in names for part in ("--candidate", name)]
    result = sheet("--count", "2", "--seed", "1", *options, "--out", "all", "--workspace", "desk")
    assert result.exit_code == 0, result.stderr
    assert len({tuple(ids(Path("all") / name)) for name in names}) > 1
    for name, line in zip(names, result.stderr.splitlines(), strict=True):
        again = re.fullmatch(rf"grader: {name}: 2 questions, \d+ minutes; the same draw again: grader sheet (.*)", line)
        assert again and sheet(*shlex.split(again[1]), "--out", f"again {name}").exit_code == 0
        alone = Path(f"again {name}", "sheet.html")
        assert alone.read_bytes() == Path("all", name, "sheet.html").read_bytes()
        assert Path("desk", name, "README.md").is_file()
        assert {path.stem for path in Path("desk", name, name).iterdir()} == set(ids(alone.parent))


def test_candidates_that_would_share_a_folder() -> None:
    result = sheet("a", "--candidate", "Ada", "--candidate", "ada ")
    require_one_line(result, "--candidate 'Ada' and 'ada' would share a folder")


def test_two_candidates_have_sheets_of_their_own() -> None:
    drawn = set()
    for name in ("ada", "grace", "edsger", "barbara"):
        assert sheet("--count", "2", "--seed", "1", "--candidate", name, "--out", name).exit_code == 0
        drawn.add(tuple(ids(Path(name))))
    assert len(drawn) > 1


def test_all_formats_and_a_workspace_at_once() -> None:
    pytest.importorskip("typst", reason="Typst is not installed")
    result = sheet("a", "heads", "--format", "all", "--out", "out", "--workspace", "desk")
    assert result.exit_code == 0, result.stderr
    formats = [f"out/sheet{key}.{suffix}" for suffix in FORMATS for key in ("", "-key")]
    assert there() == sorted([*formats, "desk/README.md", "desk/answers/a.py", "desk/answers/heads.yaml"])
    assert result.stdout.splitlines() == [*formats, "desk/README.md", "desk/answers/a.py", "desk/answers/heads.yaml"]
    assert json.loads(Path("out/sheet.ipynb").read_text())["nbformat"] == 4


def test_formats_repeat_and_the_key_can_be_left_away() -> None:
    assert sheet("a", "--format", "md", "--format", "ipynb", "--format", "md", "--no-key").exit_code == 0
    assert there() == ["sheet.ipynb", "sheet.md"]


def test_chinese_is_an_option() -> None:
    assert sheet("a", "--lang", "zh").exit_code == 0
    assert "练习卷" in Path("sheet.html").read_text() and "参考答案" in Path("sheet-key.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x-y-z"], "there is no question 'x-y-z'; known: a, b, c, d, heads, scaled-rows"),
        (["a", "a"], "'a' is named twice; a sheet holds a question once"),
        (["--kind", "train"], "no question matches; `grader list` with the same options shows what there is"),
        (["--count", "7"], "only 6 questions match, and --count asks for 7; ask for fewer or widen the selection"),
        (["a", "--count", "1"], "--count is for a draw, and with IDs nothing is drawn; give either"),
        (["a", "--seed", "0"], "--seed is for a draw, and with IDs nothing is drawn; give either"),
        (["a", "--topic", "demo"], "--topic is for a draw, and with IDs nothing is drawn; give either"),
        (["a", "--workspace", "w", "--out", "w/key"],
         "the key would lie in the workspace; choose another --out, or leave it away with --no-key"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_nothing_is_written(arguments: list[str], message: str) -> None:
    require_one_line(sheet(*arguments), message)


def test_the_key_may_not_lie_in_the_workspace_but_the_sheet_may() -> None:
    assert sheet("a", "--workspace", "w", "--out", "w", "--no-key").exit_code == 0
    assert there() == ["w/README.md", "w/answers/a.py", "w/sheet.html"]


def test_files_that_are_there_are_never_overwritten() -> None:
    Path("sheet-key.html").write_text("mine")
    result = sheet("a", "--workspace", "desk")
    assert result.exit_code == 2
    assert result.stderr == "grader: sheet-key.html: is there already and is not overwritten; choose another folder\n"
    assert there() == ["sheet-key.html"] and Path("sheet-key.html").read_text() == "mine"


def test_a_pdf_without_typst_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    require_one_line(
        sheet("a", "--format", "all", "--workspace", "desk"),
        "a PDF needs the package typst, 0.15 or newer; install it with: pip install 'torch-interview-grader[pdf]'",
    )


def test_damaged_questions_are_told_and_the_rest_is_drawn(bank: Path) -> None:
    write_question(bank, "kind: [", name="broken")
    result = sheet("--kind", "concept")
    assert result.exit_code == 0
    assert result.stderr.startswith("grader: not drawn from: ") and "broken" in result.stderr.splitlines()[0]
    assert ids() == ["heads"]


def test_a_formula_that_cannot_be_set_is_told(bank: Path) -> None:
    question_with_prompt(bank, "Find $\\foo$.")
    result = sheet("scaled-rows", "--format", "html", "--format", "md")
    assert result.exit_code == 0
    assert result.stderr.count("the formula '\\foo' can't be set") == 1


def test_a_name_that_hides_characters_is_shown_with_them() -> None:
    assert sheet("a", "--candidate", "a\u202eb\nc", "--workspace", "w").exit_code == 0
    assert "a⟨U+202E⟩b⟨U+000A⟩c" in Path("sheet.html").read_text()
    assert "w/a-U-202E-b-U-000A-c/a.py" in there()
