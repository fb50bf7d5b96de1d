"""New files only: all of them, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.sheet.make import write_new_files


def test_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write_new_files({tmp_path / "a" / "b": b"1", tmp_path / "c": b"2"})
    assert (tmp_path / "a" / "b").read_bytes() == b"1"


@pytest.mark.parametrize("there", ["file", "folder", "dangling link"])
def test_nothing_is_written_where_one_is_there(tmp_path: Path, there: str) -> None:
    path = tmp_path / "b"
    if there == "folder":
        path.mkdir()
    elif there == "file":
        path.write_text("mine")
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="b: is there already and is not overwritten; choose another folder"):
        write_new_files({tmp_path / "a": b"", path: b""})
    assert [one.name for one in tmp_path.iterdir()] == ["b"]


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="out: is there already and is not overwritten"):
        write_new_files({tmp_path / "out" / "a": b""})
    with pytest.raises(UsageError, match="can't be written: "):
        write_new_files({tmp_path / "out" / "b" / "a": b""})
    assert (tmp_path / "out").read_text() == "mine"


def test_what_was_written_goes_where_the_rest_cannot(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        write_new_files({tmp_path / "a": b"1", tmp_path / ("x" * 300): b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_system_takes_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"can't be written: .*choose another folder"):
        write_new_files({tmp_path / "a\0b": b""})
