"""On a GPU a submission is compared with the float64 reference on the CPU."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank, Entry
from grader.sandbox import Level
from grader.verdict import Verdict
from grader.verify.promises import promises, submission_of

pytestmark = pytest.mark.gpu
BANK = Bank.open()
PROMISES = [
    (entry, path, verdict) for entry in BANK if entry.question.kind != "concept" for path, verdict in promises(entry)
]


def _name(promise: object) -> str:
    return promise.stem if isinstance(promise, Path) else getattr(promise, "id", str(promise))


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    settings = Settings(device="cuda", handling=Handling(name_mistakes=False), isolation=Level.STANDARD)
    with Grader(BANK, settings) as started:
        yield started


@pytest.mark.parametrize(("entry", "path", "verdict"), PROMISES, ids=_name)
def test_the_folder_is_the_verdict_on_a_gpu_too(entry: Entry, path: Path, verdict: Verdict, grader: Grader) -> None:
    result = grader.grade(submission_of(entry, path))
    rejected = verdict is not Verdict.ACCEPTED and result.verdict is not Verdict.ACCEPTED
    assert rejected or result.verdict is verdict, result.message or [c for c in result.checks if c.message]


def test_a_mask_made_on_the_cpu_is_found_by_running_it(grader: Grader) -> None:
    source = (
        "import math, torch\n"
        "def causal_attention(q, k, v):\n"
        "    T, D = q.shape[-2:]\n"
        "    scores = q @ k.transpose(-2, -1) / math.sqrt(D)\n"
        "    hidden = torch.ones(T, T, dtype=torch.bool).triu(1)\n"
        "    return scores.masked_fill(hidden, float('-inf')).softmax(-1) @ v\n"
    )
    result = grader.grade(Submission("someone", "causal-attention", "causal-attention.py", source))
    assert result.verdict is Verdict.RUNTIME_ERROR


def test_the_run_names_the_gpu(grader: Grader) -> None:
    assert grader.run("").device.startswith("cuda")
