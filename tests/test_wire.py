"""The judge's side of the wire takes nothing but exact messages, and little of anything."""

from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest

from grader import wire

REPLY = wire.Observations(
    7,
    [
        wire.Returned([wire.Named("output", wire.TensorValue("0", "float32", [2, 3]))], "tensor"),
        wire.Raised(["ValueError", "Exception"], "no", 3, "trace"),
    ],
    ["torch.softmax"],
)
ARRAYS = {"0": np.arange(6, dtype=np.float32).reshape(2, 3), "flags": np.array([True, False])}


def _parts(frame: bytes) -> tuple[bytes, bytes]:
    header, _ = wire.lengths(frame[: wire.PREFIX.size])
    rest = frame[wire.PREFIX.size :]
    return rest[:header], rest[header:]


def test_a_reply_comes_back_as_it_was() -> None:
    header, body = _parts(wire.encode(REPLY, ARRAYS))
    assert wire.decode_reply(header) == REPLY
    found = wire.decode_tensors(body)
    assert all(np.array_equal(found[key], ARRAYS[key]) for key in ARRAYS)


def test_requests_come_back_as_they_were() -> None:
    drive = wire.Drive(3, "call", "f", False, [wire.Input("case", {"x": wire.PlainValue([1, [2.5, None]])})], 7)
    for request in (wire.Examine(1, "x = 1", "a.py", ["loop"]), wire.Load(2, ["f"]), drive):
        header, _ = _parts(wire.encode(request))
        assert wire.decode_request(header) == request


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xc1",
        b"\x91" * 100_000,
        msgspec.msgpack.encode({"type": "observations"}),
        msgspec.msgpack.encode({"type": "drive", "request": 1}),
        msgspec.msgpack.encode({"type": "loaded", "request": "1"}),
        msgspec.msgpack.encode([1, 2]),
        wire._encoder.encode(REPLY)[:-1],
        wire._encoder.encode(REPLY) + b"\x00",
    ],
)
def test_what_is_not_exactly_a_reply_is_a_protocol_error(header: bytes) -> None:
    with pytest.raises(wire.ProtocolError):
        wire.decode_reply(header)


@pytest.mark.parametrize(
    "prefix",
    [
        wire.PREFIX.pack(1, 2, 3),
        wire.PREFIX.pack(wire.MAGIC, wire.MAX_HEADER + 1, 0),
        wire.PREFIX.pack(wire.MAGIC, 0, wire.MAX_BODY + 1),
        wire.PREFIX.pack(wire.MAGIC, 0, 2**64 - 1),
    ],
)
def test_a_wrong_magic_or_a_length_over_the_cap_is_a_protocol_error(prefix: bytes) -> None:
    with pytest.raises(wire.ProtocolError):
        wire.lengths(prefix)


def test_a_huge_index_of_tensors_is_refused_before_it_is_parsed() -> None:
    index = (wire.MAX_INDEX + 1).to_bytes(8, "little")
    with pytest.raises(wire.ProtocolError, match="index"):
        wire.decode_tensors(index + b"{" * 100)


def test_damaged_frames_are_protocol_errors_or_clean_messages() -> None:
    """A short seeded run; nothing but ProtocolError may leave the decoder."""
    frame = wire.encode(REPLY, ARRAYS)
    header, body = _parts(frame)
    draw = random.Random(11)
    for _ in range(4000):
        for part, decode in ((header, wire.decode_reply), (body, wire.decode_tensors)):
            damaged = bytearray(part)
            for _ in range(draw.randint(1, 4)):
                damaged[draw.randrange(len(damaged))] = draw.randrange(256)
            damaged = damaged[: draw.randint(0, len(damaged))] if draw.random() < 0.2 else damaged
            try:
                decode(bytes(damaged))  # type: ignore[operator]
            except wire.ProtocolError:
                continue
