"""Every way to write a question wrong ends in one sentence with a line and a column."""

# ruff: noqa: E501  tables of exact messages are read line by line

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest
import yaml

from grader.errors import SpecError
from grader.question import positions
from grader.question.load import load_question
from tests.banks import CONCEPT, QUESTION, write_question


def message_of(path: Path) -> str:
    with pytest.raises(SpecError) as caught:
        load_question(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(f"{path}:")
    return text.removeprefix(f"{path}:").strip()


def test_a_question_loads(tmp_path: Path) -> None:
    question = load_question(write_question(tmp_path))
    assert question.entry == "scaled_rows"
    assert question.cases[1].sizes == {"N": 1, "D": 4}
    assert question.checks[1].needs == "shape"
    assert question.arguments["x"].normal == ["N", "D"]
    assert question.battery.skip == {"device": "nothing is made"}


def test_a_concept_question_loads(tmp_path: Path) -> None:
    question = load_question(write_question(tmp_path, CONCEPT, name="heads"))
    assert [part.id for part in question.parts] == ["which", "several", "how-many", "why"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1e-6", 1e-6),
        ("1E+3", 1000.0),
        (".5", 0.5),
        ("-.inf", -math.inf),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("010", 10),
        ("0x10", 16),
        ("0o10", 8),
        ("1_000", "1_000"),
        ("2020-01-01", "2020-01-01"),
        ("12:30", "12:30"),
        ("'3'", "3"),
        ("[1, [2.5]]", [1, [2.5]]),
    ],
)
def test_scalars_follow_yaml_1_2(tmp_path: Path, written: str, read: object) -> None:
    text = QUESTION.replace("high: {value: 3}", f"high: {{value: {written}}}")
    value = load_question(write_question(tmp_path, text)).arguments["high"].value
    assert value == read
    assert type(value) is type(read)


def test_aliases_are_filled_in(tmp_path: Path) -> None:
    text = QUESTION.replace("{normal: [N, D], shift: 0.5}", "&x {normal: [N, D]}\n  y: *x")
    question = load_question(write_question(tmp_path, text))
    assert question.arguments["x"] == question.arguments["y"]


# What to replace in the sample, and the position and message that come of it.
WRONG = [
    # keys
    ("points: 4}", "points: 4, tolerence: 1}", "26:62: unknown key 'tolerence'; did you mean 'tolerance'?"),
    ("minutes: 5", "minuts: 5", "6:1: unknown key 'minuts'; did you mean 'minutes'?"),
    ("minutes: 5\n", "", "1:1: missing key 'minutes'"),
    ("zh: 缩放行}", "zh: 缩放行, de: x}", "7:35: unknown key 'de'; known keys: en, zh"),
    ("shift: 0.5", "shfit: 0.5", "19:23: unknown key 'shfit'; did you mean 'shift'?"),
    ("D: 4}", "d: 4}", "23:27: unknown key 'd'; did you mean 'D'?"),
    ("D: 4}", "nota: x}", "23:27: unknown key 'nota'; did you mean 'note'?"),
    ("D: 4}", "sizes: {D: 4}}", "23:27: unknown key 'sizes'; known keys: name, scale, dtype, arguments, construct, note, N, D"),
    ("minutes: 5", "minutes: 5\nminutes: 6", "7:1: the key 'minutes' is here a second time"),
    ("value: 3", "value: 3, value: 4", "20:20: the key 'value' is here a second time"),
    ("{device: nothing", "{devise: nothing", "28:10: unknown key 'devise'; did you mean 'device'?"),
    ("zh: 缩放行}", "zh: 缩, 放}", "7:33: unknown key '放'; a text with a comma needs quotes inside {}"),
    ("minutes: 5", "5: minutes", "6:1: the key 5 is not text; put it in quotes"),
    ("minutes: 5", "? [a]\n: 5", "6:3: a key is one word"),
    ("value: 3", "<<: {value: 3}", "20:10: merge keys ('<<') are not allowed; write the keys out"),
    # types
    ("minutes: 5", "minutes: 5.5", "6:10: expected a whole number, got 5.5"),
    ("minutes: 5", "minutes: five", "6:10: expected a whole number, got 'five'"),
    ("minutes: 5", "minutes: true", "6:10: expected a whole number, got true"),
    ("minutes: 5", "minutes:", "6:9: expected a whole number, got nothing"),
    ("minutes: 5", "minutes: 0", "6:10: 0 is too small; at least 1"),
    ("points: 4", "points: four", "26:59: expected a whole number, got 'four'"),
    ("en: Scaled rows", "en: 3", "7:13: expected text, got 3; put it in quotes"),
    ("checks:\n", "checks: 3\nx:\n", "24:9: expected a list, got 3"),
    ("N: 1, D: 4", "N: one, D: 4", "23:24: expected a whole number, got 'one'"),
    ("{N: 3, D: 5}", "{N: 3, D: 5.0}", "17:18: expected a whole number, got 5.0"),
    ("{N: 3, D: 5}", "[3, 5]", "17:8: expected a mapping, got a list"),
    ("cases:\n  - {name: typical}", "cases:\n  - typical", "22:5: expected a mapping, got 'typical'"),
    ("shift: 0.5", "shift: [1]", "19:30: expected a number, got a list"),
    ("[N, D]", "N", "19:15: expected a list, got 'N'"),
    ("[N, D]", "[N, 1.5]", "19:19: expected a whole number or text, got 1.5; put it in quotes"),
    ("{value: 3}", "{value: 3, held: yes}", "20:26: expected true or false, got 'yes'"),
    ("minutes: 5", f"minutes: {'9' * 5000}", f"6:10: '{'9' * 20}' is not a number"),
    ("minutes: 5", "minutes: !!int five", "6:10: 'five' is not a number"),
    ("minutes: 5", "minutes: !five 5", "6:10: the tag '!five' is not allowed"),
    ("[torch.div]", "!!set {torch.div}", "16:9: the tag 'tag:yaml.org,2002:set' is not allowed"),
    ("[torch.div]", "!!python/tuple [a]", "16:9: the tag 'tag:yaml.org,2002:python/tuple' is not allowed"),
    # values out of a list
    ("implement", "implment", "4:7: 'implment' is not one of concept, debug, implement, train; did you mean 'implement'?"),
    ("difficulty: easy", "difficulty: 3", "5:13: 3 is not one of easy, expert, hard, medium"),
    ("difficulty: easy", "difficulty: Easy", "5:13: 'Easy' is not one of easy, expert, hard, medium; did you mean 'easy'?"),
    ("format: 1", "format: 2", "1:9: 2 is not allowed; write 1"),
    ("compare: values", "compare: value", "26:29: 'value' is not one of exact, shape, values; did you mean 'values'?"),
    ("shift: 0.5", "dtype: float", "19:30: 'float' is not one of bfloat16, bool, float16, float32, float64, int16, int32, int64, int8, uint8; did you mean 'float64'?"),
    ("entry: scaled_rows", "entry: scaled-rows", "15:8: 'scaled-rows' is not a Python name"),
    ("topic: demo", "topic: Demo", "3:8: 'Demo' is not lower-case words joined by hyphens, such as causal-attention"),
    # place
    ("id: scaled-rows", "id: scaled-row", "2:5: the id 'scaled-row' is not the folder's name, 'scaled-rows'"),
    ("topic: demo", "topic: text", "3:8: the topic 'text' is not the folder above, 'demo'"),
    # texts
    ("en: Scaled rows", "en: ''", "7:13: the text in 'en' is empty; both languages are needed"),
    ("  zh: 把 `x` 除以 $\\sqrt{D}$。", "  zh: ' '", "10:7: the text in 'zh' is empty; both languages are needed"),
    ("{name: typical}", "{name: typical, note: {en: a, zh: ''}}", "22:39: the text in 'zh' is empty; both languages are needed"),
    ('["Which axis is D?", Divide.]', "[Divide.]", "12:3: 1 in English and 2 in Chinese; write equally many"),
    ("[D 是哪一维？, 相除。]", "[D 是哪一维？, '']", "13:17: the hint is empty"),
    ("source: made for tests", "source: ''", "14:9: the source is empty"),
    # kinds
    ("limits: {seconds: 2}\n", "parts: []\n", "29:1: a question of kind implement has no 'parts'"),
    ("entry: scaled_rows\n", "", "1:1: a question of kind implement needs 'entry'"),
    ("  - {name: typical}\n  - {name: one row, N: 1, D: 4}", "  []", "22:3: a question of kind implement needs 'cases'"),
    # names
    ("name: one row", "name: typical", "23:12: the name 'typical' is here a second time"),
    ("name: values", "name: shape", "26:12: the name 'shape' is here a second time"),
    ("name: values", "name: ''", "26:12: the name is empty"),
    ("{N: 3, D: 5}", "{N: 3, D: 5, 2D: 1}", "17:21: '2D' can't be a letter of shapes; use a name such as D"),
    ("{N: 3, D: 5}", "{N: 3, D: 5, scale: 1}", "17:21: 'scale' can't be a letter of shapes; it is a key of cases"),
    ("  high: {value", "  my-high: {value", "20:3: 'my-high' is not a Python name"),
    # rules and limits
    ("[torch.div]", "[torch.div, loops]", "16:21: 'loops' is neither a dotted name, such as torch.softmax, nor loop"),
    ("[torch.div]", "[torch.div, torch.div]", "16:21: 'torch.div' is here a second time"),
    ("[torch.div]", "[torch..div]", "16:10: 'torch..div' is neither a dotted name, such as torch.softmax, nor loop"),
    ("seconds: 2", "seconds: 0", "29:19: the limit is 0.0; it must be above 0"),
    ("seconds: 2", "seconds: .nan", "29:19: the limit is nan; it must be above 0"),
    ("device: nothing is made", "device: ' '", "28:18: say why the condition 'device' is skipped"),
    ("battery:\n", "battery:\n  cases: [typicl]\n", "28:11: unknown case 'typicl'; did you mean 'typical'?"),
    ("battery:\n", "battery:\n  points: -1\n", "28:11: points can't be negative"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_a_slip_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert QUESTION.count(old) == 1
    assert message_of(write_question(tmp_path, QUESTION.replace(old, new))) == message


WRONG_CONCEPT = [
    ("  - id: several", "  - id: which", "18:9: the id 'which' is here a second time"),
    ("    unit: MB", "    options: []", "28:5: a part of kind number has no 'options'"),
    ("    rtol: 0.01", "    rtol: -1", "29:11: the tolerance is -1.0; it can't be below 0"),
    ("    rtol: 0.01", "    rubric: []", "29:5: a part of kind number has no 'rubric'"),
    ("    rubric: [{en: names the reason, zh: 说出原因}]", "    points: 1", "30:5: a part of kind text needs a 'rubric'"),
    ("points: 2", "points: 0", "21:13: a part has at least one point, not 0"),
    ("source: made for tests", "source: x\nentry: f", "11:1: a question of kind concept has no 'entry'"),
    ("source: made for tests", "source: x\nchecks: []", "11:1: a question of kind concept has no 'checks'"),
    ("zh: 多少？", "zh: ''", "27:33: the text in 'zh' is empty; both languages are needed"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG_CONCEPT)
def test_a_slip_in_a_concept_question_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert CONCEPT.count(old) == 1
    found = message_of(write_question(tmp_path, CONCEPT.replace(old, new), name="heads"))
    assert found.endswith(message)


def test_a_choice_needs_two_options_with_different_ids(tmp_path: Path) -> None:
    one = CONCEPT.replace("      - {id: b, text: {en: two, zh: 二}}\n", "", 1)
    assert message_of(write_question(tmp_path, one, name="heads")) == (
        "12:5: a part of kind choice needs at least two 'options'"
    )
    twice = CONCEPT.replace("{id: b,", "{id: a,", 1)
    assert message_of(write_question(tmp_path, twice, name="heads")) == ("17:14: the id 'a' is here a second time")
    empty = CONCEPT.replace("{id: b,", "{id: '',", 1)
    assert message_of(write_question(tmp_path, empty, name="heads")) == "17:14: the id is empty"


def test_a_concept_question_needs_parts(tmp_path: Path) -> None:
    text = CONCEPT[: CONCEPT.index("parts:")]
    assert message_of(write_question(tmp_path, text, name="heads")) == "1:1: a concept question needs 'parts'"


# --- files ---


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty"),
        ("# nothing\n", "1:1: the file is empty"),
        ("null\n", "1:1: expected a mapping, got nothing"),
        ("- 1\n", "1:1: expected a mapping, got a list"),
        ("word\n", "1:1: expected a mapping, got 'word'"),
        ("a:\n\tb: 1\n", "2:1: a tab; YAML is indented with spaces"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document; a file holds one"),
        ("a: *b\n", "1:4: not YAML: found undefined alias"),
        ("a: 'b\u0007'\n", "1:6: a control character, '\\x07'"),
        ("a: 'b\u009b'\n", "1:6: a control character, '\\x9b'"),
        ('a: "\\e[31m"\n', "1:4: a control character, '\\x1b'"),
        ('"\\e": 1\n', "1:1: the key '\\x1b' is not plain text"),
        ("x" * 1_000_001, "1000001 bytes; a spec has at most 1000000"),
        ("[" * 60 + "]" * 60, "1:42: nested more than 40 deep"),
        ("[" * 400_000, "1:42: nested more than 40 deep"),  # libyaml's own stack ends before that
        ("- " * 400_000, "1:83: nested more than 40 deep"),
        ("&a [*a]", "1:1: nested more than 40 deep"),
    ],
)
def test_what_is_no_clean_mapping_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert message_of(write_question(tmp_path, text)) == message


@pytest.mark.parametrize("text", ["a: [1\n", "a: b: c\n", "a: 'x\n", "{\n", "a: @x\n", "%YAML 9\n", "[" * 30])
def test_broken_yaml_is_one_line(tmp_path: Path, text: str) -> None:
    assert "not YAML" in message_of(write_question(tmp_path, text))


@pytest.mark.parametrize("number", range(0, len(WRONG), 5))
def test_the_loader_without_libyaml_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(positions, "_Loader", positions.strict_loader(yaml.SafeLoader))
    old, new, message = WRONG[number]
    assert message_of(write_question(tmp_path, QUESTION.replace(old, new))) == message
    assert message_of(write_question(tmp_path, "a:\n\tb: 1\n")).endswith("a tab; YAML is indented with spaces")
    assert "nested" in message_of(write_question(tmp_path, "[" * 9999)) or "not YAML" in message_of(
        write_question(tmp_path, "[" * 9999)
    )


def test_a_byte_that_is_not_utf_8_is_shown(tmp_path: Path) -> None:
    path = write_question(tmp_path)
    path.write_bytes("ab: 因\nc: \xff".encode("latin-1", "replace").replace(b"?", b"x"))
    assert message_of(path) == "2:4: byte 0xff is not UTF-8"


def test_a_byte_order_mark_is_harmless(tmp_path: Path) -> None:
    path = write_question(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_question(path).id == "scaled-rows"


def test_aliases_that_explode_are_stopped(tmp_path: Path) -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    found = message_of(write_question(tmp_path, "\n".join(lines)))
    assert found.endswith("more than 200000 values once aliases are filled in")


def test_no_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    path = write_question(tmp_path)
    path.unlink()
    assert message_of(path) == "there is no such file"
    path.mkdir()
    assert message_of(path) == "not a plain file"
    path.rmdir()
    os.mkfifo(path)
    assert message_of(path) == "not a plain file"


def test_a_file_that_may_not_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = write_question(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert message_of(path) == "can't be read: Permission denied"


def test_paths_in_the_current_folder_are_shown_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_question(tmp_path, "- 1\n")
    monkeypatch.chdir(path.parent)
    with pytest.raises(SpecError, match=r"^question\.yaml:1:1: "):
        load_question(Path("question.yaml"))


def test_a_key_of_two_lines_makes_no_message_of_two_lines(tmp_path: Path) -> None:
    message = message_of(write_question(tmp_path, QUESTION.replace("format: 1", 'format: 1\n"two\\nlines": 1')))
    assert message == "2:1: unknown key 'two lines'; there are 22 to choose from"
