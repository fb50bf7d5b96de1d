"""A short seeded run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from grader import wire

from .judging import judge
from .replies import CASES, SEEDS
from .wire import GROWTH_MEGABYTES, run


def test_the_frames_that_are_changed_are_right_ones() -> None:
    assert [judge(frame) for frame in SEEDS] == [CASES, 0, 0, 0, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_replies_are_refused_or_judged_and_nothing_else(seed: int) -> None:
    seen, grown = run(6000, seed)
    assert seen.messages == 6000
    assert seen.refused > 2000
    assert seen.judged > 500, "otherwise the fuzzer sees only the decoder's front door"
    assert len(seen.reasons) >= 10
    assert grown < GROWTH_MEGABYTES


def test_a_huge_claim_takes_no_memory() -> None:
    with pytest.raises(wire.ProtocolError):
        judge(wire.PREFIX.pack(wire.MAGIC, 2**31, 2**63))


def test_a_signalling_nan_is_a_wrong_number_and_no_warning() -> None:
    """Found by the long run: widening one makes NumPy complain."""
    frame = bytearray(SEEDS[0])
    ones = np.ones((2, 2), np.float32).tobytes()
    place = frame.index(ones)
    frame[place : place + 4] = (0x7FA00000).to_bytes(4, "little")
    assert judge(bytes(frame)) == CASES
