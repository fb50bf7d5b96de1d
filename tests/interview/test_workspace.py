"""The folder of an interview."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.interview.workspace import FILE, FOLDER, find, open_workspace, start
from grader.question.bank import Bank
from tests.banks import STUB
from tests.interview.building import Interview


def made(root: Path, bank: Bank, candidate: str = "Ada") -> Path:
    return start(root, [bank["scaled-rows"], bank["heads"]], 30, candidate, "en").root


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_workspace_holds_the_stubs_and_a_readme_with_the_commands(tmp_path: Path, bank: Bank) -> None:
    root = made(tmp_path / "ada", bank)
    assert (root / "scaled-rows.py").read_text() == STUB
    assert (root / "heads.yaml").exists()
    readme = (root / "README.md").read_text()
    assert "Interview: Ada" in readme
    assert "30 minutes" in readme
    assert "grader check scaled-rows.py" in readme


def test_it_is_found_from_any_file_in_it(tmp_path: Path, bank: Bank) -> None:
    root = made(tmp_path / "ada", bank)
    (root / "deep" / "down").mkdir(parents=True)
    for inside in (root, root / "scaled-rows.py", root / "deep" / "down" / "not-there.py"):
        found = find(inside)
        assert found is not None
        assert found.root == root
        assert [one.id for one in found.session.questions] == ["scaled-rows", "heads"]
        assert found.session.questions[0].content_hash == bank["scaled-rows"].content_hash
        assert found.copies.read(found.session.questions[0].stub) == STUB


def test_outside_of_a_workspace_there_is_none(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    with pytest.raises(UsageError, match="is no interview; `grader session start` makes one"):
        open_workspace(tmp_path)


def test_an_empty_folder_is_taken_and_another_one_refused_without_a_change(tmp_path: Path, bank: Bank) -> None:
    (tmp_path / "empty").mkdir()
    root = made(tmp_path / "empty", bank)
    before = contents(root)
    with pytest.raises(UsageError, match="is not empty, and nothing is overwritten; choose another --dir"):
        made(root, bank)
    assert contents(root) == before


@pytest.mark.parametrize("name", ["a file", "a file/below", "a link"])
def test_what_can_be_no_folder_is_one_sentence(tmp_path: Path, bank: Bank, name: str) -> None:
    (tmp_path / "a file").write_text("mine")
    (tmp_path / "a link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="choose another --dir") as caught:
        made(tmp_path / name, bank)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "a file").read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 1}', b"\xff", b'{"format": 1, "minutes": -3}'])
def test_a_damaged_session_is_one_sentence(interview: Interview, content: bytes) -> None:
    root = interview.workspace.root
    (root / FOLDER / FILE).write_bytes(content)
    with pytest.raises(UsageError, match=r"session\.json: is damaged") as caught:
        find(root)
    assert "\n" not in str(caught.value)


def test_a_session_of_another_version_is_not_misread(interview: Interview) -> None:
    (interview.workspace.folder / FILE).write_bytes(b'{"format": 2}')
    with pytest.raises(UsageError, match="written by another version"):
        find(interview.workspace.root)


def test_links_inside_a_workspace_are_not_followed(interview: Interview, tmp_path: Path) -> None:
    folder = interview.workspace.folder
    (tmp_path / "secret.json").write_bytes((folder / FILE).read_bytes())
    (folder / FILE).unlink()
    (folder / FILE).symlink_to(tmp_path / "secret.json")
    with pytest.raises(UsageError, match="symbolic link"):
        find(interview.workspace.root)


def test_a_copy_that_was_changed_or_is_no_name_is_not_shown(interview: Interview, tmp_path: Path) -> None:
    copies = interview.workspace.copies
    name = copies.keep("x = 1\n")
    assert copies.keep("x = 1\n") == name
    assert copies.read(name) == "x = 1\n"
    (copies.folder / name).write_text("x = 2\n")
    assert copies.read(name) is None
    (tmp_path / "secret").write_text("secret")
    for other in ("../../../secret", str(tmp_path / "secret"), "", "0" * 64):
        assert copies.read(other) is None
