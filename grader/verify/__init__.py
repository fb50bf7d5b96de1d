"""Proving a question: no wrong answer passes, no right answer fails; and what is on record about that."""

from __future__ import annotations

from grader.verify.earlier_proofs import EarlierProofs
from grader.verify.judging_code import judging_code_hash
from grader.verify.promises import SEEDS, first_seeds
from grader.verify.proof import SCHEMA_VERSION as PROOF_SCHEMA_VERSION
from grader.verify.proof import Made, Proof
from grader.verify.proof_folder import how_made
from grader.verify.proof_page import write_proof_page
from grader.verify.proofs_lock import RecordState
from grader.verify.proving import Bench, Depth, prove

__all__ = [
    "PROOF_SCHEMA_VERSION",
    "SEEDS",
    "Bench",
    "Depth",
    "EarlierProofs",
    "Made",
    "Proof",
    "RecordState",
    "first_seeds",
    "how_made",
    "judging_code_hash",
    "prove",
    "write_proof_page",
]
