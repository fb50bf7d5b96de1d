"""The judge's decoder against many damaged replies: `python -m tests.fuzz.wire [--messages N] [--seed S]`.

Nothing but ProtocolError may come out, nothing may hang, and memory must not grow. `--coverage` lets atheris (the extra
`fuzz`) look for inputs that reach new code instead; it runs until the count is reached and keeps what it finds in
CORPUS.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import re
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from grader.wire import ProtocolError

from .judging import judge
from .replies import SEEDS, changed

HANG_SECONDS = 60  # by the clock, for one message that otherwise takes a millisecond
GROWTH_MEGABYTES = 32  # from the first tenth of the messages to the last
CORPUS = "build/fuzz"


@dataclass
class Seen:
    """What came of the messages so far."""

    messages: int = 0
    refused: int = 0  # by a ProtocolError
    judged: int = 0  # that were whole observations
    longest: float = 0.0  # seconds of processor time for one message
    reasons: Counter[str] = field(default_factory=Counter)

    def take(self, frame: bytes) -> None:
        """Receive and judge one frame. Raises what must never be raised."""
        begun = time.thread_time()
        try:
            self.judged += judge(frame) > 0
        except ProtocolError as error:
            self.refused += 1
            self.reasons[re.sub(r"[\d`$].*", "…", str(error))[:60]] += 1
        self.messages += 1
        self.longest = max(self.longest, time.thread_time() - begun)


def memory_megabytes() -> float:
    """What this process has now."""
    return int(re.findall(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024


def run(messages: int, seed: int) -> tuple[Seen, float]:
    """So many messages of a seed: what was seen, and by how many megabytes the process grew."""
    draw, seen, early = random.Random(seed), Seen(), 0.0
    for frame in SEEDS:
        judge(frame)
    for number in range(messages):
        if number == messages // 10:
            early = memory_megabytes()
        if number % 1000 == 0:
            faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
        frame = changed(draw)
        try:
            seen.take(frame)
        except BaseException:
            print(f"message {number} of seed {seed}: {frame!r}", file=sys.stderr)
            raise
    faulthandler.cancel_dump_traceback_later()
    return seen, memory_megabytes() - early


def run_guided(messages: int) -> None:
    """Coverage-guided; ends the process. What it raises is kept by libFuzzer as crash-*."""
    import atheris

    os.makedirs(CORPUS, exist_ok=True)
    for number, frame in enumerate(SEEDS):
        Path(CORPUS, f"seed-{number}").write_bytes(frame)
    seen = Seen()

    def target(data: bytes) -> None:
        seen.take(data)

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        draw = random.Random(seed)
        frame = changed(draw) if draw.random() < 0.3 else atheris.Mutate(data, max_size)
        return bytes(frame[:max_size])

    atheris.instrument_all()
    options = [f"-runs={messages}", f"-timeout={HANG_SECONDS}", "-rss_limit_mb=2048", "-max_len=65536", CORPUS]
    atheris.Setup([sys.argv[0], *options], target, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--coverage", action="store_true")
    chosen = parser.parse_args()
    warnings.simplefilter("error")  # as in the tests: a warning in the judge is a bug
    if chosen.coverage:
        run_guided(chosen.messages)
        return
    seen, grown = run(chosen.messages, chosen.seed)
    print(
        f"{seen.messages} messages: {seen.refused} refused, {seen.judged} judged, {len(seen.reasons)} reasons; "
        f"the longest took {seen.longest * 1000:.0f} ms, memory grew by {grown:.1f} MB"
    )
    sys.exit(grown > GROWTH_MEGABYTES)


if __name__ == "__main__":
    main()
