"""A question as it stands in the key: the reference, what gives points, mistakes and hints."""

from __future__ import annotations

import re
from typing import Any

from grader.plan import battery_checks, title_of
from grader.question import Check, Part, read_text, read_yaml
from grader.sheet.blocks import (
    Block,
    Blocks,
    Break,
    CodeBlock,
    Grid,
    Heading,
    Inlines,
    Items,
    Paragraph,
    Plain,
    SheetSection,
    Strong,
    Together,
)
from grader.sheet.questions import Reader, choices, label, part_prompt, section
from grader.sheet.reading import read_inline, read_markdown


def answered(reader: Reader, number: int) -> SheetSection:
    """A question with what is right, and what goes wrong."""
    blocks: Blocks = _parts(reader) if reader.question.parts else (*_reference(reader), *_what_counts(reader))
    return section(reader, number, (*blocks, *_mistakes(reader), *_hints(reader)))


def _reference(reader: Reader) -> Blocks:
    text = read_text(reader.entry.reference).removesuffix("\n")
    return (_heading(reader, "reference"), CodeBlock(text, reader.entry.language))


def _what_counts(reader: Reader) -> Blocks:
    words = reader.words
    checks = [*reader.question.checks, *(check for check, _ in battery_checks(reader.question))]
    rows = tuple((_title(reader, check), (Plain(str(check.points)),)) for check in checks)
    head: tuple[Inlines, ...] = ((Plain(words("check")),), (Plain(words("points")),))
    return (_heading(reader, "what counts"), Grid(head, rows, ("left", "right")))


def _title(reader: Reader, check: Check) -> Inlines:
    return read_inline(reader.words.say(check.title or title_of(check.name)), reader.complain)


def _mistakes(reader: Reader) -> Blocks:
    words = reader.words
    items = tuple(
        (
            Paragraph(
                (
                    Strong(read_inline(words.say(mistake.name), reader.complain)),
                    Plain(words("colon")),
                    *read_inline(words.say(mistake.way_out), reader.complain),
                )
            ),
        )
        for mistake in reader.entry.mistakes.values()
    )
    return (_heading(reader, "mistakes"), Items(items)) if items else ()


def _hints(reader: Reader) -> Blocks:
    hints = reader.question.hints.in_language(reader.words.language)
    items = tuple(read_markdown(hint, reader.complain) for hint in hints)
    return (_heading(reader, "hints"), Items(items, start=1)) if items else ()


# --- concept questions ---


def _parts(reader: Reader) -> Blocks:
    source = read_yaml(reader.entry.reference)
    notes = _notes(read_text(reader.entry.reference))
    blocks: list[Block] = []
    for index, part in enumerate(reader.question.parts, 1):
        answer = source.data["answers"][part.id]
        told = _answer(reader, part, answer, notes.get(part.id, ""))
        blocks.append(Together((*part_prompt(reader, index, part), *told)))
    return tuple(blocks)


def _answer(reader: Reader, part: Part, answer: Any, note: str) -> Blocks:
    words = reader.words
    match part.kind:
        case "choice" | "choices":
            right = frozenset([answer] if isinstance(answer, str) else answer)
            return (choices(reader, part, right), *([Paragraph((Plain(note),))] if note else []))
        case "number":
            return (_right_number(reader, part, answer, note),)
        case "text":
            rubric = tuple((Paragraph(read_inline(words.say(one), reader.complain)),) for one in part.rubric)
            good = read_markdown(str(answer), reader.complain)
            return (label(words("model answer")), *good, label(_rubric(reader, part)), Items(rubric))


def _right_number(reader: Reader, part: Part, answer: float, note: str) -> Paragraph:
    words = reader.words
    number = f"{_number(answer)} {part.unit or ''}".rstrip()
    told = words("colon") + words("right number", number=number, tolerance=_tolerance(reader, part))
    why = (Break(), Plain(note)) if note else ()
    return Paragraph((Strong((Plain(words("right answer")),)), Plain(told), *why))


def _rubric(reader: Reader, part: Part) -> str:
    words = reader.words
    same = part.points == len(part.rubric)
    return words("rubric") if same else words("rubric of", points=words.points(part.points))


def _number(answer: float) -> str:
    return f"{answer:,}" if isinstance(answer, int) else f"{answer:.10g}"


def _tolerance(reader: Reader, part: Part) -> str:
    allowed = [f"{part.rtol * 100:g} %"] if part.rtol else []
    allowed += [f"{part.atol:g}"] if part.atol else []
    return reader.words("within", error=" + ".join(allowed)) if allowed else reader.words("exactly")


def _notes(reference: str) -> dict[str, str]:
    """What the author wrote behind the answers, such as `# 3 x 512 / 64`, by part."""
    found = re.findall(r"^  ([a-z0-9-]+):[^#\n|>'\"]*# *(.+)$", reference, re.MULTILINE)
    return {part: note.strip() for part, note in found}


def _heading(reader: Reader, key: str) -> Heading:
    return Heading(1, (Plain(reader.words(key)),))
