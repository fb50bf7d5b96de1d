"""Whatever stands in a file, it loads or it is a SpecError of one line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.errors import SpecError
from grader.question.load import load_question
from tests.banks import CONCEPT, QUESTION, write_question

PIECES = [
    "[", "]", "{", "}", ":", ": ", "- ", "\n", "\n  ", "\t", "&a ", "*a", "!!int ", "!x ", "|\n", ">\n", "'", '"', "#",
    "%", "@", "? ", "<<: ", "null", "true", "3", "-1", "1e999", ".nan", "0x", "[[[]]]", "{a: 1}", "x", "N",
    "name", "\x00",
    "é", "\ufeff", "\u2028", "\ud7ff", "---\n", "...\n", "9" * 40, "sizes", "tensor", "construct: {}", "omit",
]  # fmt: skip


def loads_or_is_one_line(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_question(Path(folder), name=name)
        path.write_bytes(content)
        message = error_of(path)
        assert message is None or (message.startswith(str(path)) and "\n" not in message)


def error_of(path: Path) -> str | None:
    try:
        load_question(path)
    except SpecError as error:
        return str(error)
    return None


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([(QUESTION, "scaled-rows"), (CONCEPT, "heads")]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 8), st.sampled_from(PIECES)), min_size=1, max_size=4),
)
def test_a_question_with_some_letters_replaced(sample: tuple[str, str], edits: list[tuple[int, int, str]]) -> None:
    text, name = sample
    for place, length, piece in edits:
        start = place % len(text)
        text = text[:start] + piece + text[start + length :]
    loads_or_is_one_line(text.encode(), name)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=30).map(lambda p: "".join(p).encode()))
@example(b"!!int .\n\n!")
def test_any_bytes(content: bytes) -> None:
    loads_or_is_one_line(content, "scaled-rows")
