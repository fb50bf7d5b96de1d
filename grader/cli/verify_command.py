"""`grader verify`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

import click

from grader.bank import Entry
from grader.cli.options import Shared, format_option, note, write_json
from grader.cli.progress import Bar

if TYPE_CHECKING:
    from grader.pipeline import Grader
    from grader.verify.verify import Proof

SCHEMA_VERSION = 1


@click.command("verify")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--seed", "seeds", type=int, multiple=True, help="Seed of the cases. May be repeated. Default: three.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores", help="Questions at a time."
)
@click.option(
    "--isolation",
    type=click.Choice(["strict", "standard", "none"]),
    default="strict",
    show_default=True,
    help="The least isolation that is accepted.",
)
@format_option
@click.pass_obj
def command(
    shared: Shared, ids: tuple[str, ...], seeds: tuple[int, ...], jobs: int, isolation: str, output_format: str
) -> None:
    """Prove questions: the reference and other right answers pass, every wrong one gets the verdict that is
    its folder's name, the stub is not accepted, and no check is one that cannot fail.

    Without ID, all questions of the bank. Exit code 1 where one is not clean.

    \b
    Example:
      grader verify causal-attention
      grader verify --bank my-questions --format json
    """
    bank = shared.open_bank()
    entries = [bank[name] for name in ids] or list(bank)
    if not entries:
        raise click.UsageError("the bank holds no question")
    from grader.pipeline import Grader, Settings
    from grader.sandbox import Level

    with Grader(bank, Settings(device="cpu", isolation=Level(isolation), preload=True, many=True)) as grader:
        proofs = _prove(grader, entries, seeds, jobs, quiet=output_format == "json")
    if output_format == "json":
        write_json({"schema_version": SCHEMA_VERSION, "questions": proofs})
    raise SystemExit(1 if any(proof.problems for proof in proofs) else 0)


def _prove(grader: Grader, entries: Sequence[Entry], seeds: Sequence[int], jobs: int, quiet: bool) -> list[Proof]:
    """The proof of each question, in the order of the bank; shown as soon as it is known."""
    from grader.verify.verify import SEEDS, verify

    with ThreadPoolExecutor(jobs) as pool, Bar("verify") as bar:
        running = [pool.submit(verify, grader, entry, seeds or SEEDS) for entry in entries]
        for count, done in enumerate(as_completed(running), start=1):
            if not quiet:
                _show(done.result())
            bar.update(count, len(entries))
    return sorted((done.result() for done in running), key=lambda proof: proof.question)


def _show(proof: Proof) -> None:
    state = "not clean" if proof.problems else "clean"
    named = f", {proof.named} of {proof.mistakes} mistakes get their own name" if proof.mistakes else ""
    click.echo(f"{proof.question}: {state} ({proof.solutions} solutions{named})")
    for problem in proof.problems:
        click.echo(f"  {problem}")
    for remark in proof.notes:
        note(f"  note: {remark}")
