"""`grader show`."""

from __future__ import annotations

import click

from grader.cli.completing import complete_ids
from grader.cli.options import Shared, language_option, note, on_terminal
from grader.cli.question_labels import LABELS
from grader.errors import UsageError
from grader.maths import readable
from grader.question import Part, Question, conditions_of
from grader.text import Language

MAX_WIDTH = 100  # columns; longer lines read badly


@click.command("show")
@click.argument("question", metavar="ID", shell_complete=complete_ids)
@click.option("--hint", type=click.IntRange(min=1), metavar="N", help="Show the N-th hint instead.")
@language_option
@click.pass_obj
def command(shared: Shared, question: str, hint: int | None, language: Language) -> None:
    """Show a question, or one of its hints.

    Formulas are written with Unicode letters. In a terminal the text is set; into a file or a pipe goes
    plain Markdown.

    \b
    Example:
      grader show causal-attention --lang zh
      grader show causal-attention --hint 1
    """
    spec = shared.open_bank()[question].question
    if hint is None:
        write_markdown(_whole(spec, language))
        return
    if hint > len(spec.hints.en):
        raise UsageError(f"'{spec.id}' has {len(spec.hints.en)} hints; there is no hint {hint}")
    write_hint(spec, hint, language)
    if hint < len(spec.hints.en):
        note(f"grader: the next one: grader show {spec.id} --hint {hint + 1}")


def write_hint(question: Question, number: int, language: Language) -> None:
    """One hint on stdout, the first being 1."""
    hints = question.hints.in_language(language)
    write_markdown(f"**{LABELS[language]['hint']} {number}/{len(hints)}**\n\n{hints[number - 1].strip()}\n")


def write_markdown(text: str) -> None:
    """Markdown on stdout: set for a terminal, plain otherwise."""
    if not on_terminal():
        click.echo(readable(text).strip())
        return
    from rich.console import Console  # takes a tenth of a second to import
    from rich.markdown import Markdown

    console = Console()
    console.print(Markdown(readable(text, escaped=True)), width=min(MAX_WIDTH, console.width))


def _whole(question: Question, language: Language) -> str:
    label = LABELS[language]
    kind = question.kind.traits.label.in_language(language)
    difficulty = label["difficulties"].get(question.difficulty, question.difficulty)
    facts = [question.id, question.topic, kind, difficulty, f"{question.minutes} {label['minutes']}"]
    blocks = [f"# {question.title.in_language(language)}", " · ".join(facts)]
    blocks.append(question.prompt.in_language(language).strip())
    blocks += [_part(part, language) for part in question.parts]
    blocks += ["---", "\n".join(_facts_below(question, language))]
    return "\n\n".join(blocks) + "\n"


def _facts_below(question: Question, language: Language) -> list[str]:

    label = LABELS[language]
    facts = []
    if question.forbid:
        names = [label["loops"] if name == "loop" else f"`{name}`" for name in question.forbid]
        facts.append(f"- {label['forbidden']}{', '.join(names)}")
    if told := [condition.rule.in_language(language) for condition in conditions_of(question)]:
        facts.append(f"- {label['rules']}{label['semicolon'].join(told)}{label['stop']}")
    facts.append(f"- {label['source']}{question.source.strip()}")
    if count := len(question.hints.en):
        facts.append(f"- {label['hints']}{count} (`grader show {question.id} --hint 1`)")
    facts.append(f"- {label['start']}`grader start {question.id}`")
    return facts


def _part(part: Part, language: Language) -> str:
    label = LABELS[language]
    lines = [f"## {part.id} ({part.points} {label['points']})", "", part.prompt.in_language(language).strip()]
    if part.unit:
        lines[-1] += f" [{part.unit}]"
    lines += [
        "",
        *(f"- **{option.id}** {option.text.in_language(language).strip()}" for option in part.options),
    ]
    return "\n".join(lines).strip()
