"""Finding submissions in a folder, and saying why the rest is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.intake.finding import MAX_IGNORED, Found, find_submissions
from tests.fakes import FakeBank


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")


def find(root: Path, report: Path | None = None) -> Found:
    return find_submissions(root, FakeBank("softmax", "layer-norm", concepts=["attention-cost"]), report)


def reasons(found: Found) -> dict[str, str]:
    assert all(each.reason.zh for each in found.ignored)
    return {each.file: each.reason.en for each in found.ignored}


def test_submissions_come_sorted_by_candidate_and_question(tmp_path: Path) -> None:
    put(tmp_path, "zoé/softmax.py", "ada/softmax.py", "ada/layer-norm.ipynb", "ada/attention-cost.yaml")
    found = find(tmp_path)
    assert [(each.candidate, each.question) for each in found.handed] == [
        ("ada", "attention-cost"),
        ("ada", "layer-norm"),
        ("ada", "softmax"),
        ("zoé", "softmax"),
    ]
    assert found.candidates == ["ada", "zoé"]
    assert found.ignored == []


@pytest.mark.parametrize("name", ["Softmax.py", "soft_max.py", "softmx.ipynb"])
def test_an_unknown_question_is_named_with_the_nearest(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"ada/{name}")
    assert "did you mean 'softmax'?" in reasons(find(tmp_path))[os.path.join("ada", name)]


def test_an_unknown_question_like_no_other_points_to_the_list(tmp_path: Path) -> None:
    put(tmp_path, "ada/zzz.py")
    assert "`grader list`" in reasons(find(tmp_path))[os.path.join("ada", "zzz.py")]


def test_the_wrong_ending_is_named_with_the_right_one(tmp_path: Path) -> None:
    put(tmp_path, "ada/attention-cost.py", "ada/softmax.yaml", "ada/layer-norm.txt")
    found = find(tmp_path)
    said = reasons(found)
    assert "attention-cost.yaml" in said[os.path.join("ada", "attention-cost.py")]
    assert "softmax.py or softmax.ipynb" in said[os.path.join("ada", "softmax.yaml")]
    assert "layer-norm.py" in said[os.path.join("ada", "layer-norm.txt")]
    assert not any(each.harmless for each in found.ignored)


def test_of_a_script_and_a_notebook_the_script_is_graded(tmp_path: Path) -> None:
    put(tmp_path, "ada/softmax.py", "ada/softmax.ipynb")
    found = find(tmp_path)
    assert [each.path.endswith("softmax.py") for each in found.handed] == [True]
    assert "because softmax.py was" in reasons(found)[os.path.join("ada", "softmax.ipynb")]


def test_a_file_outside_every_folder_is_told_where_to_go(tmp_path: Path) -> None:
    put(tmp_path, "softmax.py", "README.md")
    assert "move it to <candidate>/softmax.py" in reasons(find(tmp_path))["softmax.py"]


def test_litter_of_tools_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "ada/.DS_Store", "ada/__pycache__/softmax.pyc", "__MACOSX/x.py", ".git/config", ".x.py")
    assert find(tmp_path) == Found(["ada"], [], [])


def test_other_files_are_harmless_and_named(tmp_path: Path) -> None:
    put(tmp_path, "ada/softmax.py", "ada/notes.txt")
    (ignored,) = find(tmp_path).ignored
    assert ignored.harmless
    assert "not a submission" in ignored.reason.en


def test_thousands_of_odd_files_are_counted_not_listed(tmp_path: Path) -> None:
    put(tmp_path, *(f"ada/{number}.py" for number in range(MAX_IGNORED + 7)))
    found = find(tmp_path)
    assert len(found.ignored) == MAX_IGNORED + 1
    assert "7 more files" in found.ignored[-1].reason.en


def test_a_linked_candidate_and_an_inner_folder_are_named(tmp_path: Path) -> None:
    put(tmp_path, "ada/answers/softmax.py")
    (tmp_path / "eve").symlink_to(tmp_path / "ada")
    said = reasons(find(tmp_path))
    assert "symbolic link" in said["eve"]
    assert "one level up" in said[os.path.join("ada", "answers")]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "ada/softmax.py", "bob/softmax.py")
    scandir = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "ada":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = find(tmp_path)
    assert [each.candidate for each in found.handed] == ["bob"]
    assert reasons(found)["ada"] == "can't be read: Permission denied"


def test_reports_are_not_candidates(tmp_path: Path) -> None:
    put(tmp_path, "ada/softmax.py", "report/candidates/x.html", "old/results.jsonl")
    found = find(tmp_path, tmp_path / "report")
    assert found.candidates == ["ada"]
    assert list(reasons(found)) == ["old"]


def test_folder_names_that_are_not_utf8_can_be_shown(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff\xfe"
    os.mkdir(folder)
    Path(os.fsdecode(folder + b"/softmax.py")).write_text("x = 1\n")
    (handed,) = find(tmp_path).handed
    assert handed.candidate == "\\xff\\xfe"
    assert Path(handed.path).exists()
