"""A question as it stands on a sheet: nothing in here has read a solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.plan import battery_checks
from grader.question import Entry, Part, Question, conditions_of, read_text
from grader.sheet.blocks import (
    Blank,
    Block,
    Blocks,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Heading,
    Inline,
    Items,
    Paragraph,
    Plain,
    SheetSection,
    Strong,
    Together,
    WritingSpace,
)
from grader.sheet.reading import Complain, read_inline, read_markdown, with_links
from grader.sheet.sheet_words import SheetWords


@dataclass(frozen=True)
class Reader:
    """Reads the texts of one question in one language."""

    entry: Entry
    words: SheetWords
    note: Callable[[str], None]  # called with a sentence about what can't be shown as it should

    @property
    def question(self) -> Question:
        return self.entry.question

    @property
    def complain(self) -> Complain:
        return lambda problem: self.note(f"{self.entry.id}: {problem}")


def points_of(question: Question) -> int:
    """What a question is worth, by its checks and those of the battery, or by its parts."""
    checks = [*question.checks, *(check for check, _ in battery_checks(question))]
    return sum(check.points for check in checks) + sum(part.points for part in question.parts)


def section(reader: Reader, number: int, blocks: Blocks, program: Blocks = ()) -> SheetSection:
    """A question of a sheet or a key, around what it holds."""
    question, words = reader.question, reader.words
    points = points_of(question)
    return SheetSection(
        id=question.id,
        number=number,
        title=words.say(question.title),
        topic=question.topic,
        kind=words.kind(question),
        difficulty=words.difficulty(question),
        time=words("min", n=question.minutes),
        points=points,
        worth=words.points(points),
        minutes=question.minutes,
        blocks=blocks,
        stub=_stub(reader.entry),
        program=program,
    )


def _stub(entry: Entry) -> CodeBlock:
    return CodeBlock(read_text(entry.stub).removesuffix("\n"), entry.language)


def asked(reader: Reader, number: int) -> SheetSection:
    """A question with room for its answer."""
    question = reader.question
    blocks: list[Block] = [*statement(reader)]
    for index, part in enumerate(question.parts, 1):
        blocks.append(Together((*part_prompt(reader, index, part), *_room(reader, part))))
    program = _program(reader) if question.kind.is_code else ()
    return section(reader, number, tuple(blocks), program)


def statement(reader: Reader) -> Blocks:
    """What is asked, and by which rules."""
    prompt = read_markdown(reader.words.say(reader.question.prompt), reader.complain)
    return (*prompt, Items(tuple((Paragraph(rule),) for rule in _rules(reader))))


def part_prompt(reader: Reader, number: int, part: Part) -> Blocks:
    """What a part of a concept question asks."""
    words = reader.words
    heading = words("part", n=number, id=part.id, points=words.points(part.points))
    return (Heading(1, (Plain(heading),)), *read_markdown(words.say(part.prompt), reader.complain))


def choices(reader: Reader, part: Part, right: frozenset[str] = frozenset(), told: str = "") -> Choices:
    """The options of a part."""
    options = tuple(
        Choice(option.id, read_inline(reader.words.say(option.text), reader.complain), option.id in right)
        for option in part.options
    )
    return Choices(part.kind == "choices", options, told)


def label(text: str) -> Paragraph:
    """A line in bold above something."""
    return Paragraph((Strong((Plain(text),)),))


def _rules(reader: Reader) -> list[tuple[Inline, ...]]:
    question, words = reader.question, reader.words
    rules: list[tuple[Inline, ...]] = []
    if question.forbid:
        names: list[Inline] = [Plain(words("forbidden"))]
        for name in question.forbid:
            names += [Plain(words("loops")) if name == "loop" else Code(name), Plain(words("comma"))]
        rules.append((*names[:-1], Plain(words("stop"))))
    if told := [words.say(condition.rule) for condition in conditions_of(question)]:
        rules.append((Plain(words("rules") + words("semicolon").join(told) + words("stop")),))
    rules.append((Plain(words("source")), *with_links(question.source)))
    return rules


def _room(reader: Reader, part: Part) -> Blocks:
    """Where the answer to a part goes."""
    words = reader.words
    match part.kind:
        case "choice" | "choices":
            return (choices(reader, part, told=words("tick one" if part.kind == "choice" else "tick several")),)
        case "number":
            return (Blank(words("answer"), part.unit or ""),)
        case "text":
            return (WritingSpace(min(16, max(6, 3 * part.points)), words("answer")),)


def _program(reader: Reader) -> Blocks:
    """The stub and room for code: about a line for each minute."""
    words, question, stub = reader.words, reader.question, _stub(reader.entry)
    if question.kind.traits.is_broken:
        return (label(words("broken")), stub, WritingSpace(14, words("corrections")))
    return (label(words("begin")), stub, WritingSpace(min(34, max(14, question.minutes)), words("answer")))
