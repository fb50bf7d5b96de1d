"""What is known of earlier proofs, so that nothing is proved twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.question import Entry
from grader.verify.proof import Made, Proof
from grader.verify.proof_folder import ProofFolder
from grader.verify.proofs_lock import ProofsLock


@dataclass(frozen=True)
class EarlierProofs:
    """The report has them whole, and proofs.lock only that there was a clean one."""

    folder: ProofFolder | None
    locks: Mapping[Path, ProofsLock]  # by the bank's folder

    @classmethod
    def of(cls, entries: Sequence[Entry], report: Path | None) -> EarlierProofs:
        """Raises UsageError where one of them is damaged, or belongs to something else."""
        locks = {root: ProofsLock(root) for root in dict.fromkeys(entry.bank for entry in entries)}
        return cls(ProofFolder(report) if report else None, locks)

    def lock(self, entry: Entry) -> ProofsLock:
        """That of the question's bank."""
        return self.locks[entry.bank]

    def proofs(self, entries: Sequence[Entry], made: Made) -> dict[str, Proof]:
        """Those of the report that would come out the same."""
        found = {entry.id: self.folder.reusable(entry, made) for entry in entries} if self.folder else {}
        return {name: proof for name, proof in found.items() if proof is not None}

    def recorded(self, entries: Sequence[Entry], made: Made) -> list[str]:
        """The questions that need no proof. For a report every one does, because its page shows them all."""
        if self.folder:
            return []
        return [entry.id for entry in entries if self.lock(entry).covers(entry, made)]

    def keep(self, entry: Entry, proof: Proof) -> None:
        """Write down what was found. Raises UsageError where that can't be done."""
        if self.folder:
            self.folder.save(proof)
        self.lock(entry).learn(entry, proof)

    def forget_others(self, entries: Sequence[Entry]) -> None:
        """Strike out what the banks hold no more. Raises UsageError."""
        for root, lock in self.locks.items():
            lock.keep_only([entry.id for entry in entries if entry.bank == root])
