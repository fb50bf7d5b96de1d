"""Reading single files that strangers handed in."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from grader.intake import notebook_code
from grader.intake.submission import MAX_NOTEBOOK, MAX_SOURCE, Submission, read_submission


def put(root: Path, content: bytes, name: str = "softmax.py") -> Submission:
    path = root / "ada" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return read_submission(path, "ada", "softmax", root)


def reason(submission: Submission) -> str:
    assert submission.error is not None
    assert submission.error.zh
    assert submission.source == ""
    return submission.error.en


def cells(*sources: str | list[str], **more: Any) -> bytes:
    code = [{"cell_type": "code", "source": source, "outputs": [], **more} for source in sources]
    text = {"cell_type": "markdown", "source": "# A title"}
    return json.dumps({"cells": [text, *code], "metadata": {}, "nbformat": 4}).encode()


def test_source_and_hash_of_a_plain_file(tmp_path: Path) -> None:
    found = put(tmp_path, "def softmax(x):\n    return 'é'\n".encode())
    assert found.source == "def softmax(x):\n    return 'é'\n"
    assert found.source_hash == hashlib.sha256(found.source.encode()).hexdigest()
    assert (found.file, found.error) == (os.path.join("ada", "softmax.py"), None)


def test_line_ends_and_byte_order_mark_are_tidied(tmp_path: Path) -> None:
    assert put(tmp_path, b"\xef\xbb\xbfa = 1\r\nb = 2\rc = 3\n").source == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x7fELF\x00\x01", "is binary"),
        (b"x = 1\ny = '\xe9'\n", "byte 0xe9 in line 2"),
        ("x = 1\n".encode("utf-16"), "is UTF-16"),
        (b"#" * (MAX_SOURCE + 1), "is too large: 1.0 MB, and 1 MB"),
    ],
)
def test_what_is_no_source_code_is_refused_with_a_reason(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in reason(put(tmp_path, content))


def test_the_largest_source_is_still_read(tmp_path: Path) -> None:
    assert put(tmp_path, b"#" * MAX_SOURCE).error is None


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.py"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50.0 MB" in reason(read_submission(path, "ada", "softmax", tmp_path))


def test_a_file_without_a_size_is_read_no_further_than_the_limit() -> None:
    path = Path("/proc/self/pagemap")  # states a size of 0, and is endless
    if not path.exists():
        pytest.skip("needs Linux")
    assert reason(read_submission(path, "ada", "softmax", path.parent))


def test_a_folder_with_the_name_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "softmax.py").mkdir()
    assert "is a folder" in reason(read_submission(tmp_path / "softmax.py", "ada", "softmax", tmp_path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "No such file" in reason(read_submission(tmp_path / "softmax.py", "ada", "softmax", tmp_path))


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    put(tmp_path, b"x = 1\n")
    path = tmp_path / "ada" / "softmax.py"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads everything")
    assert "Permission denied" in reason(read_submission(path, "ada", "softmax", tmp_path))


def test_links_are_not_followed_wherever_they_are(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("password = 1\n")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "softmax.py").symlink_to(secret)
    (tmp_path / "eve").symlink_to(tmp_path)
    for path in (tmp_path / "ada" / "softmax.py", tmp_path / "eve" / "secret.py"):
        assert "symbolic link" in reason(read_submission(path, "x", "softmax", tmp_path))


def test_pipes_sockets_and_devices_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        for path in (tmp_path / "pipe.py", tmp_path / "socket.py", Path("/dev/zero")):
            root = path.parent
            assert "was not opened" in reason(read_submission(path, "ada", "softmax", root))


def test_names_that_are_not_utf8_can_be_shown(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(folder)
    path = Path(os.fsdecode(folder + b"/softmax.py"))
    path.write_text("x = 1\n")
    assert read_submission(path, "x", "softmax", tmp_path).file == os.path.join("\\xff", "softmax.py")


# --- notebooks ---


def test_code_cells_are_joined_by_blank_lines(tmp_path: Path) -> None:
    found = put(tmp_path, cells("import torch\n", ["x = 1\n", "y = 2"], ""), "softmax.ipynb")
    assert found.source == "import torch\n\nx = 1\ny = 2"


def test_magics_become_comments_and_lines_stay() -> None:
    cell = "%matplotlib inline\n!pip install x \\\n  y\nimport torch\ntorch.nn?\n?torch\nfiles = !ls\nx = 1 # why?"
    code = notebook_code.code(cells(cell))
    assert code.split("\n") == [
        "# %matplotlib inline",
        "# !pip install x \\",
        "#   y",
        "import torch",
        "# torch.nn?",
        "# ?torch",
        "# files = !ls",
        "x = 1 # why?",
    ]


def test_a_block_of_nothing_but_a_magic_stays_a_block() -> None:
    code = notebook_code.code(cells("try:\n    import torch\nexcept ImportError:\n    !pip install torch"))
    compile(code, "cell", "exec")


def test_python_that_looks_like_magic_stays() -> None:
    cell = "x = (7\n  % 4)\ntext = '''\n!no\n%d\nwhat?\n'''\ny = 9 \\\n  % 5\n"
    assert notebook_code.code(cells(cell)) == cell.rstrip("\n")


@pytest.mark.parametrize("head", ["%%bash", "%%html", "%%writefile x.py", "%%timeit"])
def test_cells_that_are_not_of_the_notebook_are_dropped(head: str) -> None:
    code = notebook_code.code(cells(f"\n{head}\nx = 1\n", "y = 2"))
    assert all(line.startswith("#") for line in code.split("\n")[:3])
    assert code.endswith("y = 2")


def test_timed_cells_keep_their_code() -> None:
    assert notebook_code.code(cells("%%time\nx = 1")) == "# %%time\nx = 1"


def test_not_a_number_in_outputs_is_no_obstacle() -> None:
    raw = cells('x = "NaN"', data=[float("nan"), float("-inf"), 'say "NaN"'])
    assert notebook_code.code(raw) == 'x = "NaN"'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a notebook"),
        (b"[1, 2]", "Expected `object`, got `array`"),
        (b'{"cells": 3}', "Expected `array`"),
        (b'{"cells": [{"cell_type": "code", "source": {"a": 1}}]}', "$.cells[0].source"),
        (b'{"worksheets": []}', "missing required field `cells`"),
        (b'{"cells": []}', "without any code"),
        (b'{"cells": [], "x": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"cells": [{"cell_type": "code", "source": "\\ud800"}]}', "is not a notebook"),
        (b'{"cells": [{"cell_type": "code", "source": "\xff"}]}', "is not a notebook"),
        (cells("x = '\0'"), "is binary"),
        (cells("#" * (MAX_SOURCE + 1)), "is too large"),
        (b" " * (MAX_NOTEBOOK + 1), "is too large"),
    ],
)
def test_bad_notebooks_are_refused_with_a_reason(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in reason(put(tmp_path, content, "softmax.ipynb"))


@pytest.mark.parametrize("unit", ["(", '"', "\\", " ", "x = ", "'''", "a.b", "%", "\n "])
def test_long_cells_are_read_in_linear_time(unit: str) -> None:
    assert notebook_code.code(cells("x" + unit * 100_000)) is not None
