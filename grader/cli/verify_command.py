"""`grader verify`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import click

from grader.bank import Entry
from grader.cli.options import Shared, format_option, note, write_json
from grader.cli.progress import Bar
from grader.cli.running import isolation_option

if TYPE_CHECKING:
    from grader.pipeline import Grader
    from grader.verify.proof import Proof
    from grader.verify.prove import Depth


@click.command("verify")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--seed", "seeds", type=int, multiple=True, help="Seed of the cases. May be repeated. Default: three.")
@click.option("--quick", is_flag=True, help="The solutions and the stub only: no mutants, no degenerate answers.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores", help="At a time."
)
@isolation_option("strict")
@format_option
@click.pass_obj
def command(
    shared: Shared,
    ids: tuple[str, ...],
    seeds: tuple[int, ...],
    quick: bool,
    jobs: int,
    isolation: str,
    output_format: str,
) -> None:
    """Prove questions: the reference and other right answers pass, every wrong one gets the verdict that is
    its folder's name; mutants of the reference and degenerate answers are rejected.

    Without ID, all questions of the bank. Exit code 1 where one is not proved.

    \b
    Example:
      grader verify causal-attention
      grader verify --bank my-questions --quick --format json
    """
    bank = shared.open_bank()
    entries = [bank[name] for name in ids] or list(bank)
    if not entries:
        raise click.UsageError("the bank holds no question")
    from grader.pipeline import Grader, Settings
    from grader.sandbox import Level
    from grader.verify.proof import SCHEMA_VERSION
    from grader.verify.prove import SEEDS, Depth

    settings = Settings(device="cpu", isolation=Level(isolation), preload=True, many=True)
    with Grader(bank, settings) as grader:
        depth = Depth(seeds or SEEDS, variants=not quick)
        proofs = _prove(grader, entries, depth, jobs, quiet=output_format == "json")
    if output_format == "json":
        write_json({"schema_version": SCHEMA_VERSION, "questions": proofs})
    raise SystemExit(1 if any(proof.problems for proof in proofs) else 0)


def _prove(grader: Grader, entries: Sequence[Entry], depth: Depth, jobs: int, quiet: bool) -> list[Proof]:
    """The proof of each question, in the order of the bank; shown as soon as it is known."""
    from grader.verify.prove import prove

    proofs = []
    with ThreadPoolExecutor(jobs) as pool, Bar("verify") as bar:
        for count, entry in enumerate(entries, start=1):
            proofs.append(prove(grader, entry, depth, pool))
            if not quiet:
                _show(proofs[-1])
            bar.update(count, len(entries))
    return proofs


def _show(proof: Proof) -> None:
    solutions = proof.group("solution")
    parts = [f"{len(solutions)} solutions"]
    if proof.group("mutant"):
        explained, ran = proof.explained
        parts += [
            f"{proof.killed} of {len(proof.group('mutant'))} mutants killed, {proof.equivalent} equivalent",
            f"{explained} of {ran} wrong ones that ran explained",
            f"{len(proof.group('degenerate'))} degenerate answers, {len(proof.group('style'))} styles",
        ]
    miss = f", smallest miss {proof.smallest_miss:.3g}" if proof.smallest_miss is not None else ""
    parts.append(f"largest error {proof.largest_error:.3g} of the tolerance{miss}")
    click.echo(f"{proof.question}: {'not clean' if proof.problems else 'clean'} ({'; '.join(parts)})")
    for problem in proof.problems:
        click.echo(f"  {problem}")
    for remark in proof.notes:
        note(f"  note: {remark}")
