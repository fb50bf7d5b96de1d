"""What each layer of the sandbox costs per submission: `python benchmarks/layers.py [--rounds N]`.

All variants are open at once and take turns, so that a machine that changes its speed changes it for all. The figure
is the median over the rounds of one right answer's time by the clock, and its ratio to the time without any layer.
"""

from __future__ import annotations

import argparse
import statistics
import time
from contextlib import ExitStack

from grader.grading.grader import Grader, Settings
from grader.intake.submission import Submission
from grader.question.bank import Bank
from grader.question.bank_files import read_text
from grader.sandbox import Level
from grader.sandbox.policy import LAYERS
from grader.verdict import Verdict

QUESTION = "causal-attention"
# The layers that a layer needs are switched off with it: without namespaces there are no mounts.
VARIANTS: dict[str, frozenset[str]] = {
    "all layers": frozenset(),
    "no layer": frozenset(LAYERS),
    **{f"without {layer}": frozenset({layer}) for layer in LAYERS},
}


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    bank = Bank.open([])
    submission = Submission("bench", QUESTION, f"{QUESTION}.py", read_text(bank[QUESTION].reference))
    seconds: dict[str, list[float]] = {name: [] for name in VARIANTS}
    with ExitStack() as stack:
        graders = {name: stack.enter_context(_grader(bank, without)) for name, without in VARIANTS.items()}
        for number in range(rounds + 3):  # the first rounds run the reference, and warm up
            for name, grader in graders.items():
                begun = time.perf_counter()
                result = grader.grade(submission)
                if result.verdict is not Verdict.ACCEPTED:
                    raise SystemExit(f"{name}: {result.verdict}: {result.message}")
                if number >= 3:
                    seconds[name].append(time.perf_counter() - begun)
    bare = statistics.median(seconds["no layer"])
    print(f"| {rounds} rounds of {QUESTION} | ms | of no layer |\n| --- | --: | --: |")
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"| {name} | {median * 1000:.1f} | {median / bare:.2f} |")


def _grader(bank: Bank, without: frozenset[str]) -> Grader:
    return Grader(bank, Settings(device="cpu", isolation=Level.NONE, without=without, many=True))


if __name__ == "__main__":
    main()
