"""On a GPU a submission is compared with the float64 reference on the CPU."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.grading.flow import Handling
from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank, Entry
from grader.question.solutions import KnownSolution
from grader.sandbox import Level
from grader.verdict import Verdict
from grader.verify.promises import submission_of

pytestmark = pytest.mark.gpu
BANK = Bank.open()
PROMISES = [(entry, solution) for entry in BANK if entry.question.kind != "concept" for solution in entry.known]


def _name(promise: Entry | KnownSolution) -> str:
    return promise.id


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    settings = Settings(device="cuda", handling=Handling(name_mistakes=False), isolation=Level.STANDARD)
    with Grader(BANK, settings) as started:
        yield started


@pytest.mark.parametrize(("entry", "solution"), PROMISES, ids=_name)
def test_it_gets_its_verdict_on_a_gpu_too(entry: Entry, solution: KnownSolution, grader: Grader) -> None:
    verdict, result = solution.verdict, grader.grade(submission_of(entry, solution))
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
