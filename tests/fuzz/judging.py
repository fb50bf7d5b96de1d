"""A frame's whole way through the judge, as in grader.sandbox.child, grader.grading.driver and grader.judge."""

from __future__ import annotations

import msgspec

from grader import wire
from grader.judge.compare import Expected, Rules, compare, differing
from grader.judge.hints import hint_of
from grader.judge.messages import raised
from grader.judge.pictures import picture_of
from grader.observed import Values, read

from .replies import ARRAYS, CASES, OBSERVATIONS

_EXPECTED = [Expected(own, own) for own in read(OBSERVATIONS, ARRAYS, CASES)]
_KINDS = [Rules(), Rules("exact"), Rules("shape"), Rules(nan_equal=True, describe=False)]


def judge(frame: bytes) -> int:
    """Receive a frame, and judge what it says. Gives the number of outcomes that were judged.

    Raises wire.ProtocolError, and must raise nothing else.
    """
    if len(frame) < wire.PREFIX.size:
        raise wire.ProtocolError("half a frame")
    header, body = wire.lengths(frame[: wire.PREFIX.size], wire.MAX_REPLY_HEADER)
    rest = frame[wire.PREFIX.size :]
    if len(rest) < header + body:
        raise wire.ProtocolError("half a frame")
    reply = wire.decode_reply(rest[:header])
    arrays = wire.decode_tensors(rest[header : header + body])
    if not isinstance(reply, wire.Observations):
        return 0
    seen = read(reply, arrays, CASES)
    for got, expected in zip(seen, _EXPECTED, strict=True):
        if isinstance(got, Values):
            for rules in _KINDS:
                found = compare(got, expected, rules)
                msgspec.json.encode((found.problem, found.difference))
            differing(got, expected, Rules())
            hint_of(got, expected)
            for show in ("image", "curve"):
                msgspec.json.encode(picture_of(show, got, expected.own))
        else:
            msgspec.json.encode(raised(got))
    return len(seen)
