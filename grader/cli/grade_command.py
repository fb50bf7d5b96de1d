"""`grader grade`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.batch import usable_cores
from grader.cli.options import Shared, format_option, language_option, note
from grader.cli.running import MAX_SEED, device_option, isolation_option
from grader.text import Language, Text

if TYPE_CHECKING:
    from grader.batch import BatchOutcome, CandidateTotals

MAX_NOTES = 20  # lines about files that are not graded; the report has all

_NOT_GRADED = Text(en="not graded: {file} {reason}", zh="未评分：{file} {reason}")
_MORE = Text(en="not graded: {n} more files, which the report names", zh="未评分：另有 {n} 个文件，见报告")
_FAILED = Text(en="the grader itself failed at {file}: {reason}", zh="评测系统自身在 {file} 上出错：{reason}")
_MORE_FAILED = Text(en="the grader itself failed at {n} more, which the report names", zh="另有 {n} 份评测出错，见报告")
_AGAIN = Text(en="mend that and run the same command again", zh="解决后请再次运行同一命令")
_REUSED = Text(en="{n} of {of} submissions were graded before", zh="{of} 份提交中有 {n} 份先前已评分")
_DAMAGED = Text(en="{n} damaged lines of results.jsonl were passed over", zh="跳过了 results.jsonl 中损坏的 {n} 行")
_KEPT = Text(
    en="{n} results of submissions that are gone are kept; --fresh leaves them out",
    zh="保留了 {n} 份已不存在的提交的结果；用 --fresh 可去掉它们",
)
_LEFT = Text(
    en="interrupted; {n} submissions are left, and the same command goes on",
    zh="已中断；还剩 {n} 份提交，再次运行同一命令即可继续",
)
_BAR = Text(en="grading", zh="评分中")
_ROW = Text(
    en="{accepted}/{submissions} accepted  {points}/{of} points  {candidate}",
    zh="通过 {accepted}/{submissions}  得分 {points}/{of}  {candidate}",
)


@click.command("grade")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--out", required=True, metavar="REPORT", type=click.Path(path_type=Path), help="The report's folder.")
@device_option
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Submissions at once. Default: the cores.")
@isolation_option("strict")
@click.option(
    "--seed",
    type=click.IntRange(0, MAX_SEED),
    metavar="N",
    help="Repeat a run with the inputs of that seed. Default: a fresh one, which nobody can know beforehand.",
)
@click.option("--fresh", is_flag=True, help="Grade everything again; earlier results are put aside.")
@language_option
@format_option
@click.pass_obj
def command(
    shared: Shared,
    folder: Path,
    out: Path,
    device: str,
    jobs: int | None,
    isolation: str,
    seed: int | None,
    fresh: bool,
    language: Language,
    output_format: str,
) -> int:
    """Judge a folder of submissions and write a report.

    DIR holds a folder for each candidate, and in it one file for each question, named after the question:
    DIR/ada/causal-attention.py. Notebooks (.ipynb) are fine too, and answers to concept questions are .yaml.
    The same command again goes on where it was interrupted. REPORT/index.html is the overview.

    \b
    Example:
      grader grade submissions --out report
      grader grade submissions --out report --jobs 4 --lang zh
    """
    from grader.batch import Assignment, grade_folder
    from grader.cli.progress import Bar
    from grader.grading import Settings
    from grader.sandbox import Level

    def replay(seed: int) -> str:
        banks = [part for bank in shared.banks for part in ("--bank", str(bank))]
        options = ["--seed", str(seed), "--device", device, "--isolation", isolation, *banks]
        return shlex.join(["grader", "grade", str(folder), "--out", str(out), *options])

    jobs = jobs or usable_cores()
    settings = Settings(device=device, isolation=Level(isolation), language=language)
    with Bar(_BAR.in_language(language)) as bar:
        outcome = grade_folder(
            Assignment(folder, out, jobs, seed, fresh), shared.open_bank(), settings, replay, bar.update
        )
    _note_rest(outcome, language)
    if output_format == "json":
        _copy_json(out)
    else:
        _write_table(outcome, language)
    return outcome.exit_code


def _copy_json(out: Path) -> None:
    with (out / "results.json").open("rb") as file:  # bytes: JSON is UTF-8 in every locale
        for line in file:
            click.echo(line, nl=False)


def _write_table(outcome: BatchOutcome, language: Language) -> None:
    for standing in outcome.standings:
        click.echo(_row(standing, language))
    click.echo(str(outcome.index))


def _row(standing: CandidateTotals, language: Language) -> str:
    from grader.cli.draw import symbol
    from grader.pages import visible_line

    row = _ROW.in_language(language).format(
        accepted=f"{standing.accepted:>2}",
        submissions=standing.submissions,
        points=f"{standing.points:>3}",
        of=f"{standing.max_points:<3}",
        candidate=visible_line(standing.candidate),  # last, so that its width shifts nothing
    )
    return f"{symbol(standing.verdict)} {row}"


def _note_rest(outcome: BatchOutcome, language: Language) -> None:
    """What the table does not say, on stderr."""
    from grader.pages import visible_line

    def say(text: Text, **values: object) -> None:
        note("grader: " + text.in_language(language).format(**values))

    def say_all(one: Text, more: Text, rows: Sequence[tuple[str, Text]]) -> None:
        for file, reason in rows[:MAX_NOTES]:
            say(one, file=visible_line(file), reason=visible_line(reason.in_language(language)))
        if len(rows) > MAX_NOTES:
            say(more, n=len(rows) - MAX_NOTES)

    say_all(_NOT_GRADED, _MORE, [(each.file, each.reason) for each in outcome.ignored if not each.harmless])
    say_all(_FAILED, _MORE_FAILED, outcome.failures)
    if outcome.failures:
        say(_AGAIN)
    counts = outcome.counts
    if counts.reused:
        say(_REUSED, n=counts.reused, of=counts.handed)
    if outcome.damaged:
        say(_DAMAGED, n=outcome.damaged)
    if outcome.kept:
        say(_KEPT, n=outcome.kept)
    if counts.unfinished:
        say(_LEFT, n=counts.unfinished)
