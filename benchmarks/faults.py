"""Batches that are struck again and again, for as long as you like. `python benchmarks/faults.py --help`.

Each round grades one batch: the grader, its zygote or its children are killed or interrupted at random moments, and
the same command is given again until it is done. What comes out is compared with an undisturbed run. The exit code is
0 where every round came to the same results and left nothing behind, else 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.storm import STRIKES, Batch, Storm, differences, fresh, scattered


def main() -> int:
    """Strike, compare, and say what is different."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--strikes", type=int, default=6, help="at most, in each round")
    parser.add_argument("--seed", type=int, default=0, help="of the strikes; round n has this seed plus n")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        failed = _rounds(Path(folder), options)
    print(f"{options.rounds - failed} of {options.rounds} rounds came to the results of an undisturbed run")
    return 1 if failed else 0


def _rounds(folder: Path, options: argparse.Namespace) -> int:
    """How many came to something else."""
    batch, begun = Batch.make(folder, options.submissions), time.monotonic()
    wanted = batch.undisturbed()
    seconds = time.monotonic() - begun
    print(f"undisturbed: {len(wanted)} results in {seconds:.1f} s", flush=True)
    failed, before = 0, scattered()
    for number in range(options.rounds):
        storm = Storm(batch, fresh(folder / "report"), random.Random(options.seed + number))
        storm.most, storm.longest = options.strikes, seconds / 2  # so that most strikes hit, and each run comes further
        wrong = storm.run() + [f"a folder is left: {path}" for path in sorted(scattered() - before)]
        if not wrong:
            wrong = differences(storm.report, wanted)
        failed += bool(wrong)
        print(f"{number}: {'; '.join(storm.struck)}: {'as undisturbed' if not wrong else wrong[:5]}", flush=True)
    return failed


if __name__ == "__main__":
    print(f"strikes: {', '.join(STRIKES)}")
    sys.exit(main())
