"""`grader verify`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from grader.cli.code_text import write_code
from grader.cli.completing import complete_ids
from grader.cli.options import Shared, format_option, note, write_json
from grader.cli.progress import Bar
from grader.cli.running import isolation_option
from grader.question import Bank, Entry, shown

if TYPE_CHECKING:
    from grader.grading import Settings
    from grader.verify import Bench, Depth, EarlierProofs, Made, Proof, RecordState

QUESTIONS_AT_ONCE = 2  # while one has only a few processes to run, the other one has many


@click.command("verify")
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_ids)
@click.option("--seed", "seeds", type=int, multiple=True, help="Seed of the cases. May be repeated. Default: two.")
@click.option(
    "--repeat", type=click.IntRange(1), metavar="N", help="Grade the solutions under N seeds: N new sets of cases."
)
@click.option("--quick", is_flag=True, help="The solutions and the stub only: no mutants, no degenerate answers.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1 + (os.cpu_count() or 1),  # while one waits for its process to begin or to end, another one runs
    show_default="one more than cores",
    help="At a time.",
)
@click.option("--report", metavar="DIR", type=click.Path(path_type=Path), help="Write a page and JSON files there.")
@click.option("--fresh", is_flag=True, help="Without ID: prove again what was proved before and has not changed.")
@click.option("--recorded", is_flag=True, help="Prove nothing: list what is not on record in proofs.lock as it is now.")
@click.option("--show", "mistake", metavar="NAME", help="Print a known mistake as a diff, and prove nothing.")
@click.option("--source", "whole", is_flag=True, help="With --show: print it whole.")
@isolation_option("strict")
@format_option
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    seeds: tuple[int, ...],
    repeat: int | None,
    quick: bool,
    jobs: int,
    report: Path | None,
    fresh: bool,
    recorded: bool,
    mistake: str | None,
    whole: bool,
    isolation: str,
    output_format: str,
) -> None:
    """Prove questions: the reference and other right answers pass, every known mistake gets its verdict;
    mutants of the reference and degenerate answers are rejected.

    A question that is named is proved. Without ID, all questions of the bank are, except those that were proved
    before and have not changed, nor the judge since. What is clean goes on record in the bank's proofs.lock, so the
    same command again goes on where it was interrupted. Exit code 1 where a question is not proved. With --report,
    DIR/index.html shows everything that was tried.

    \b
    Example:
      grader verify causal-attention
      grader verify --report proof
      grader verify --quick --repeat 20
      grader verify --recorded --bank my-questions
      grader verify --bank my-questions --quick --format json
      grader verify causal-attention --show missing_scale
    """
    _require_sense(context)
    bank = context.ensure_object(Shared).open_bank()
    if mistake is not None:
        _show_mistake(bank[ids[0]], mistake, whole)
        return
    entries = [bank[name] for name in dict.fromkeys(ids)] or list(bank)
    if not entries:
        raise click.UsageError("the bank holds no question")
    from grader.grading import Settings
    from grader.sandbox import Level
    from grader.verify import PROOF_SCHEMA_VERSION as SCHEMA_VERSION
    from grader.verify import SEEDS, EarlierProofs, first_seeds, how_made

    earlier = EarlierProofs.of(entries, report)
    if recorded:
        raise SystemExit(_show_recorded(entries, earlier, output_format))
    made = how_made(seeds or (first_seeds(repeat) if repeat else SEEDS), variants=not quick)
    if not ids:
        earlier.forget_others(entries)
    work = _Work(bank, entries, made, earlier, anew=bool(ids) or fresh)
    settings = Settings(device="cpu", isolation=Level(isolation), preload=True, many=True)
    proofs = work.do(settings, jobs, quiet=output_format == "json")
    if output_format == "json":
        write_json({"schema_version": SCHEMA_VERSION, "questions": proofs, "recorded": work.recorded})
    elif report:
        click.echo(report / "index.html")
    raise SystemExit(1 if any(proof.problems for proof in proofs) else 0)


def _require_sense(context: click.Context) -> None:
    """Raise for options that make no sense together."""
    given = context.params
    if given["seeds"] and given["repeat"]:
        raise click.UsageError("--seed names the seeds, --repeat counts them; give one of the two")
    if given["recorded"] and any(given[name] for name in ("seeds", "repeat", "quick", "report", "fresh")):
        raise click.UsageError("--recorded proves nothing; give it alone, or with ID")
    if given["mistake"] is not None:
        _require_alone(context)
    elif given["whole"]:
        raise click.UsageError("--source prints a mistake whole; name it with --show NAME")


def _require_alone(context: click.Context) -> None:
    """Raise where --show stands with other than one question, or beside what it makes no use of."""
    if len(context.params["ids"]) != 1:
        raise click.UsageError("--show is about a mistake of one question: grader verify ID --show NAME")
    for parameter in context.command.params:
        name = parameter.name or ""
        given = parameter.expose_value and context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in ("ids", "mistake", "whole"):
            raise click.UsageError(f"--show prints a mistake and proves nothing; leave out {parameter.opts[0]}")


def _show_mistake(entry: Entry, name: str, whole: bool) -> None:
    from grader.cli.mistake_text import diff_of, find_mistake, source_of

    mistake = find_mistake(entry, name)
    if whole:
        write_code(source_of(entry, mistake), entry.language)
    else:
        write_code(diff_of(entry, mistake), "diff")


class _Work:
    """What is to be proved, and what of it is known already."""

    def __init__(self, bank: Bank, entries: Sequence[Entry], made: Made, earlier: EarlierProofs, anew: bool) -> None:
        self._bank, self._made, self._earlier = bank, made, earlier
        self._proofs: dict[str, Proof] = {}
        self._known = {} if anew else earlier.proofs(entries, made)
        self.recorded = [] if anew else earlier.recorded(entries, made)
        self._count = len(entries)
        self._entries = [entry for entry in entries if entry.id not in self.recorded]

    def do(self, settings: Settings, jobs: int, quiet: bool) -> list[Proof]:
        """The proof of each question that is not on record, in the order that was asked for; shown and kept as soon
        as it is known."""
        self._tell()
        self._write_report(self._known)  # before the work: a folder that can't be written is told at once
        try:
            return self._prove(settings, jobs, quiet)
        finally:
            self._write_report(self._known | self._proofs)

    def _tell(self) -> None:
        for lock in self._earlier.locks.values():
            if not lock.is_open and not lock.is_installed:
                note(f"grader: {shown(lock.path)}: its folder can't be written, so nothing goes on record")
        known = len(self._known) + len(self.recorded)
        if known:
            where = f" (on record under torch {self._recorded_torch()})" if self.recorded else ""
            told = f"{known} of {self._count} questions were proved before and have not changed{where}"
            note(f"grader: {told}; --fresh proves them again")

    def _recorded_torch(self) -> str:
        records = [self._earlier.lock(self._bank[name]).records[name] for name in self.recorded]
        return ", ".join(sorted({record.versions.get("torch", "unknown") for record in records}))

    def _prove(self, settings: Settings, jobs: int, quiet: bool) -> list[Proof]:
        from grader.verify import Depth

        depth = Depth(self._made.seeds, self._made.variants, self._made.sample)
        with ExitStack() as stack, Bar("verify") as bar:
            provers = ThreadPoolExecutor(min(jobs, QUESTIONS_AT_ONCE))
            stack.callback(provers.shutdown, cancel_futures=True)
            bench = self._bench(stack, settings, jobs)
            proofs = provers.map(lambda entry: self._proof(bench, entry, depth), self._entries)
            for count, (entry, proof) in enumerate(zip(self._entries, proofs, strict=True), start=1):
                self._proofs[entry.id] = proof
                if not quiet:
                    _show(proof)
                bar.update(count, len(self._entries))
        return list(self._proofs.values())

    def _bench(self, stack: ExitStack, settings: Settings, jobs: int) -> Bench | None:
        """None where nothing is left to prove. Left early, it ends every proof at its next step."""
        if all(entry.id in self._known for entry in self._entries):
            return None
        from grader.grading import Grader
        from grader.verify import Bench

        usual, threaded = (stack.enter_context(Grader(self._bank, replace(settings, threads=n))) for n in (1, 2))
        pool = ThreadPoolExecutor(jobs)
        stack.callback(pool.shutdown, cancel_futures=True)
        return Bench(usual, threaded, pool)

    def _proof(self, bench: Bench | None, entry: Entry, depth: Depth) -> Proof:
        """Kept at once, so that an interrupted run is continued."""
        import msgspec

        from grader.verify import prove

        if bench is None or entry.id in self._known:
            self._earlier.lock(entry).learn(entry, self._known[entry.id])
            return self._known[entry.id]
        proof = msgspec.structs.replace(prove(bench, entry, depth), made=self._made)
        self._earlier.keep(entry, proof)
        return proof

    def _write_report(self, proofs: Mapping[str, Proof]) -> None:
        """All questions of the bank that were proved here, now or earlier, as they are now."""
        folder = self._earlier.folder
        if folder is None:
            return
        from grader.verify import write_proof_page

        found = {entry.id: proofs.get(entry.id) or folder.current(entry) for entry in self._bank}
        there = [proof for proof in found.values() if proof is not None]
        folder.save_all(there)
        write_proof_page(folder.page, there, [name for name, proof in found.items() if proof is None])


def _show_recorded(entries: Sequence[Entry], earlier: EarlierProofs, output_format: str) -> int:
    """What is not on record as it is now; gives the exit code."""
    from grader.verify import PROOF_SCHEMA_VERSION as SCHEMA_VERSION
    from grader.verify import judging_code_hash

    states = {entry.id: earlier.lock(entry).state(entry, judging_code_hash()) for entry in entries}
    missing = [name for name, state in states.items() if not state.is_present]
    if output_format == "json":
        write_json({"schema_version": SCHEMA_VERSION, "questions": states})
    else:
        for name in missing:
            click.echo(f"{name}: {states[name]}")
        note(f"grader: {_counted(list(states.values()))}")
    return 1 if missing else 0


def _counted(states: Sequence[RecordState]) -> str:
    """How many are on record, in one sentence."""
    from grader.verify import RecordState

    present = sum(state.is_present for state in states)
    older = sum(state is RecordState.OLDER_JUDGE for state in states)
    under = f", {older} of them proved under an older judge" if older else ""
    remedy = "; `grader verify` proves the rest" if older or present < len(states) else ""
    return f"{present} of {len(states)} questions are on record as they are now{under}{remedy}"


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
